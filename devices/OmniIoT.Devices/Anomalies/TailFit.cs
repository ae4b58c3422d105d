namespace OmniIoT.Devices.Anomalies;

/// <summary>
/// How surprising a value is among all before it: its peaks of late are kept, and beyond them the tail is taken to be exponential, as
/// tails of logarithms mostly are. Surprise is the negative logarithm of a probability, so that it knows no end.
/// </summary>
internal sealed class TailFit
{
    private const int Peaks = 8;

    /// <summary>So many readings after a peak belong to it, or one event would fill the tail.</summary>
    private const int Cluster = 40;

    /// <summary>About so many readings a peak is remembered.</summary>
    private const int Memory = 6000;

    private const int WarmUp = 30;

    /// <summary>The usual excess counts as so many peaks, until there are peaks enough.</summary>
    private const int UsualWeight = 6;

    /// <summary>No peak stands farther out than so many excesses: one extreme must not hide what comes after it.</summary>
    private const int FarthestExcesses = 6;

    private readonly float[] _peaks = new float[Peaks];
    private int _filled;
    private int _count;
    private int _sincePeak;
    private int _newest = -1;
    private readonly double _usualExcess;
    private double _excess;
    private double _rarity;

    public const int Bytes = (Peaks * sizeof(float)) + (4 * sizeof(int)) + sizeof(double);

    /// <param name="usualExcess">How far peaks mostly lie behind the least of them.</param>
    public TailFit(double usualExcess) => (_usualExcess, _excess) = (usualExcess, usualExcess);

    /// <summary>In nats; about how many readings it takes until one comes like this, as a logarithm.</summary>
    public double Surprise(double value)
    {
        if (_count < WarmUp)
            return 0;
        double excesses = (value - _peaks[_filled - 1]) / _excess;
        return excesses >= 0 ? _rarity + excesses : _rarity * Math.Exp(excesses / Math.Max(_rarity, 1));
    }

    public void Learn(double value)
    {
        Take(value);
        if (_count == Memory)
            return;
        _count++;
        _rarity = RarityOfPeaks();
    }

    private void Take(double value)
    {
        _sincePeak = Math.Min(_sincePeak + 1, Cluster + 1);
        if (_filled == Peaks)
            Fade();
        if (_filled == Peaks && value <= _peaks[Peaks - 1])
            return;
        if (_filled > 0)
            value = Math.Min(value, _peaks[0] + (FarthestExcesses * _excess));
        bool isSamePeak = _newest >= 0 && _sincePeak <= Cluster;
        if (isSamePeak && value <= _peaks[_newest])
            return;
        _sincePeak = 0;
        Put(
            (float)value,
            isSamePeak ? _newest
                : _filled < Peaks ? _filled++
                : Peaks - 1
        );
    }

    public void Write(SnapshotWriter writer)
    {
        foreach (float peak in _peaks)
            writer.Single(peak);
        writer.Double(_excess);
        writer.Int32(_filled);
        writer.Int32(_count);
        writer.Int32(_sincePeak);
        writer.Int32(_newest);
    }

    public void Read(ref SnapshotReader reader)
    {
        foreach (ref float peak in _peaks.AsSpan())
            peak = reader.Single();
        _excess = reader.Double();
        _filled = Math.Clamp(reader.Int32(), 0, Peaks);
        _count = reader.Int32();
        _sincePeak = reader.Int32();
        _newest = Math.Clamp(reader.Int32(), -1, _filled - 1);
        _rarity = RarityOfPeaks();
    }

    private double RarityOfPeaks() => Math.Log((double)_count / Math.Max(_filled, 1));

    private double Excess()
    {
        double sum = UsualWeight * _usualExcess;
        for (int i = 0; i < _filled; i++)
            sum += _peaks[i] - _peaks[_filled - 1];
        return sum / (UsualWeight + Math.Max(_filled - 1, 0));
    }

    /// <summary>At this pace as many peaks come as are forgotten.</summary>
    private void Fade()
    {
        float loss = (float)(_excess / Memory);
        foreach (ref float peak in _peaks.AsSpan())
            peak -= loss;
    }

    private void Put(float value, int index)
    {
        for (; index > 0 && _peaks[index - 1] < value; index--)
            _peaks[index] = _peaks[index - 1];
        _peaks[index] = value;
        _newest = index;
        _excess = Excess();
    }
}
