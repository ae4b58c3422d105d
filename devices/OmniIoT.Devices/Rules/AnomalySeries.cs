using OmniIoT.Devices.Anomalies;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Rules;

/// <summary>
/// A metric that <c>anomaly</c> looks at. What its detector has learnt is the older part, which is written when some readings have come;
/// until then those readings go with each snapshot, and are learnt again behind a restart.
/// </summary>
internal sealed class AnomalySeries
{
    /// <summary>
    /// Half of them go with a snapshot on average, 16 bytes each, and the older part, of some 3 KiB, with one in so many.
    /// </summary>
    private const int MostRecent = 16;

    private const byte DetectorVersion = 1;

    // The forms of what goes with a snapshot.
    private const byte FromStart = 0;
    private const byte AfterOlder = 1;
    private const byte Whole = 2;

    private readonly List<(long At, double Value)> _recent = new(MostRecent);
    private AnomalyDetector _detector = new();
    private bool _hasOlder;

    /// <summary>Readings came that are in none of the two parts.</summary>
    private bool _isBeyondRecent;

    /// <summary>Of what <see cref="Write"/> takes.</summary>
    public const int MostBytes = 4096;

    /// <summary>Of the newest reading.</summary>
    public long At { get; private set; } = RuleState.Never;

    /// <summary>Of the newest reading, 0 to 1; NaN is unknown.</summary>
    public double Score => _detector.NewestScore;

    public bool LacksOlder { get; private set; }

    public bool MustPutAway => _recent.Count >= MostRecent;

    public void Take(double value, long at)
    {
        if (MustPutAway)
            _isBeyondRecent = true;
        else
            _recent.Add((at, value));
        Learn(value, at);
    }

    public void PutAway()
    {
        _recent.Clear();
        (_hasOlder, _isBeyondRecent) = (true, false);
    }

    /// <summary>The older part, after <see cref="PutAway"/>.</summary>
    public void WriteOlder(SnapshotWriter writer)
    {
        writer.Byte(DetectorVersion);
        writer.Int64(At);
        _detector.Write(writer);
    }

    /// <summary>What goes with each snapshot.</summary>
    public void WriteRecent(SnapshotWriter writer)
    {
        if (_isBeyondRecent)
        {
            Write(writer);
            return;
        }
        writer.Byte(_hasOlder ? AfterOlder : FromStart);
        WriteReadings(writer);
    }

    /// <summary>All of it in one.</summary>
    public void Write(SnapshotWriter writer)
    {
        writer.Byte(Whole);
        WriteOlder(writer);
    }

    /// <summary>Reads what <see cref="Write"/> or <see cref="WriteRecent"/> wrote.</summary>
    public void Read(ref SnapshotReader reader)
    {
        byte form = reader.Byte();
        if (form == Whole)
        {
            ReadDetector(ref reader);
            return;
        }
        LacksOlder = _hasOlder = form == AfterOlder;
        for (ulong remaining = reader.Unsigned(); remaining > 0; remaining--)
            _recent.Add((reader.Int64(), reader.Double()));
        if (!LacksOlder)
            LearnRecent();
    }

    public void ReadOlder(ref SnapshotReader reader)
    {
        ReadDetector(ref reader);
        LearnRecent();
        LacksOlder = false;
    }

    /// <summary>The older part is lost: what is usual begins with the readings that are left.</summary>
    public void ForgetOlder()
    {
        LearnRecent();
        LacksOlder = false;
    }

    private void Learn(double value, long at)
    {
        At = at;
        _detector.Score(value, new Instant(at));
    }

    private void LearnRecent()
    {
        foreach ((long at, double value) in _recent)
            Learn(value, at);
    }

    private void WriteReadings(SnapshotWriter writer)
    {
        writer.Unsigned((ulong)_recent.Count);
        foreach ((long at, double value) in _recent)
        {
            writer.Int64(at);
            writer.Double(value);
        }
    }

    private void ReadDetector(ref SnapshotReader reader)
    {
        _detector = new AnomalyDetector();
        // Of another form: what is usual is learnt anew.
        if (reader.Byte() != DetectorVersion)
            return;
        At = reader.Int64();
        _detector.Read(ref reader);
    }
}
