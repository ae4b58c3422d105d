using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>
/// The readings of the last while, in device time, for the window functions. Exact while the window holds at most
/// <see cref="ExactReadings"/>; where a device sends more, neighbours are merged, so that a window of any length and rate has
/// a bounded size: its far edge is then blurred by 1/512 of its length, everything else stays exact.
/// </summary>
internal sealed class ReadingWindow(long milliseconds)
{
    /// <summary>At one reading a second that is 25 minutes.</summary>
    public const int ExactReadings = 1536;

    /// <summary>With room to move on, so that panes are seldom moved together.</summary>
    private const int MaxPanes = 2048;

    private const int FirstPanes = 16;
    private readonly long _mergedSpan = milliseconds / 512;
    private WindowPane[] _panes = [];
    private int _start;
    private int _end;

    private Span<WindowPane> Panes => _panes.AsSpan(_start, _end - _start);

    /// <summary>
    /// Takes a reading, also a late one. With <paramref name="replaces"/> it stands for the reading of the same time that is
    /// known already: a re-sent one counts once.
    /// </summary>
    public void Add(long at, double value, bool replaces)
    {
        if (_end > _start && at <= _panes[_end - 1].LastAt - milliseconds)
            return;
        if (_end == _panes.Length)
            MakeRoom();
        int index = IndexBehind(at);
        if (replaces && index > _start && TryReplace(ref _panes[index - 1], at, value))
            return;
        _panes.AsSpan(index, _end - index).CopyTo(_panes.AsSpan(index + 1));
        _panes[index] = WindowPane.Of(at, value);
        _end++;
        Forget(_panes[_end - 1].LastAt - milliseconds);
    }

    /// <summary>All readings of (t − d, t] as one.</summary>
    public WindowPane Sum(long at)
    {
        WindowPane sum = default(WindowPane);
        foreach (ref readonly WindowPane pane in Panes)
            if (pane.LastAt > at - milliseconds && pane.FirstAt <= at)
                sum.Add(pane);
        return sum;
    }

    /// <summary>
    /// Standard deviation of the population, from the mean of <see cref="Sum"/>: a second pass is exact where a running one
    /// loses the last digit, and rules compare with round numbers.
    /// </summary>
    public double Deviation(long at, in WindowPane sum)
    {
        double scale = ScaleOf(sum.Most / 2 - sum.Least / 2);
        double mean = sum.Mean * scale;
        PreciseSum squares = new();
        foreach (ref readonly WindowPane pane in Panes)
        {
            if (pane.LastAt <= at - milliseconds || pane.FirstAt > at || pane.Numbers == 0)
                continue;
            double distance = pane.Mean * scale - mean;
            double deviation = pane.Deviation * scale;
            squares.Add(pane.Numbers * (deviation * deviation + distance * distance));
        }
        return Math.Sqrt(squares.Value / sum.Numbers) / scale;
    }

    /// <summary>
    /// The power of two that makes distances so large or small that their squares leave the numbers about one; mostly one.
    /// </summary>
    private static double ScaleOf(double distance) => distance is 0 or > 1e-100 and < 1e100 ? 1 : Math.ScaleB(1, -Math.ILogB(distance));

    public void Write(SnapshotWriter writer)
    {
        writer.Int32(_end - _start);
        foreach (ref readonly WindowPane pane in Panes)
            WritePane(writer, pane);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public void Read(ref SnapshotReader reader)
    {
        (_start, _end) = (0, reader.Int32());
        _panes = new WindowPane[Math.Max(_end, FirstPanes)];
        for (int i = 0; i < _end; i++)
            _panes[i] = ReadPane(ref reader);
    }

    /// <summary>
    /// Writes what <see cref="Write"/> leaves out of panes that hold several readings: what a counter lost, and all digits.
    /// </summary>
    public void WriteMerged(SnapshotWriter writer)
    {
        int merged = 0;
        foreach (ref readonly WindowPane pane in Panes)
            merged += pane.Count > 1 ? 1 : 0;
        writer.Int32(merged);
        foreach (ref readonly WindowPane pane in Panes)
            if (pane.Count > 1)
                WriteDigits(writer, pane);
    }

    /// <summary>Reads what <see cref="WriteMerged"/> wrote, behind <see cref="Read"/> of the same snapshot.</summary>
    public void ReadMerged(ref SnapshotReader reader)
    {
        int index = _start;
        for (int remaining = reader.Int32(); remaining > 0; remaining--)
        {
            while (index < _end && _panes[index].Count == 1)
                index++;
            (double lost, double deviation) = (reader.Double(), reader.Double());
            PreciseSum total = PreciseSum.FromParts(reader.Double(), reader.Double());
            if (index == _end)
                continue;
            ref WindowPane pane = ref _panes[index++];
            (pane.Lost, pane.Deviation, pane.Total) = (lost, deviation, total);
        }
    }

    /// <summary>The first pane that begins after the time; nearly always the end, which is looked at first.</summary>
    private int IndexBehind(long at)
    {
        int index = _end;
        while (index > _start && _panes[index - 1].FirstAt > at)
            index--;
        return index;
    }

    /// <summary>False when the time is new. Among merged readings only the ends are still known by their time.</summary>
    private static bool TryReplace(ref WindowPane pane, long at, double value)
    {
        if (pane.FirstAt != at && pane.LastAt != at)
            return false;
        if (pane.Count == 1)
            pane = WindowPane.Of(at, value);
        return true;
    }

    /// <summary>Moves the panes to the front: merged, or into a larger array, where there are many.</summary>
    private void MakeRoom()
    {
        if (_end - _start > ExactReadings)
            Merge();
        Span<WindowPane> panes = Panes;
        if (panes.Length * 2 >= _panes.Length && _panes.Length < MaxPanes)
            _panes = new WindowPane[Math.Clamp(_panes.Length * 2, FirstPanes, MaxPanes)];
        panes.CopyTo(_panes);
        (_start, _end) = (0, panes.Length);
    }

    /// <summary>Any two neighbours that are left span more than 1/512 of the window together, so at most 1,025 are left.</summary>
    private void Merge()
    {
        int kept = _start;
        for (int i = _start + 1; i < _end; i++)
        {
            if (_panes[i].LastAt - _panes[kept].FirstAt <= _mergedSpan)
                _panes[kept].Merge(_panes[i]);
            else
                _panes[++kept] = _panes[i];
        }
        _end = kept + 1;
    }

    private void Forget(long upTo)
    {
        while (_panes[_start].LastAt <= upTo)
            _start++;
    }

    private static void WritePane(SnapshotWriter writer, in WindowPane pane)
    {
        writer.Int64(pane.FirstAt);
        writer.Int64(pane.Count);
        if (pane.Count == 1)
        {
            writer.Double(pane.Numbers == 0 ? double.NaN : pane.First);
            return;
        }
        writer.Int64(pane.LastAt);
        writer.Int64(pane.Numbers);
        writer.Double(pane.Total.Value);
        writer.Double(pane.Numbers * pane.Deviation * pane.Deviation);
        writer.Double(pane.Least);
        writer.Double(pane.Most);
        writer.Double(pane.First);
        writer.Double(pane.Last);
        writer.Int64(pane.FirstNumberAt);
        writer.Int64(pane.LastNumberAt);
    }

    private static void WriteDigits(SnapshotWriter writer, in WindowPane pane)
    {
        writer.Double(pane.Lost);
        writer.Double(pane.Deviation);
        writer.Double(pane.Total.Parts.Sum);
        writer.Double(pane.Total.Parts.Remainder);
    }

    private static WindowPane ReadPane(ref SnapshotReader reader)
    {
        long firstAt = reader.Int64();
        long count = reader.Int64();
        if (count == 1)
            return WindowPane.Of(firstAt, reader.Double());
        (long lastAt, long numbers) = (reader.Int64(), reader.Int64());
        return new WindowPane
        {
            FirstAt = firstAt,
            Count = count,
            LastAt = lastAt,
            Numbers = numbers,
            Total = PreciseSum.FromParts(reader.Double(), 0),
            Deviation = reader.Double() is var squares && numbers > 0 ? Math.Sqrt(squares / numbers) : 0,
            Least = reader.Double(),
            Most = reader.Double(),
            First = reader.Double(),
            Last = reader.Double(),
            FirstNumberAt = reader.Int64(),
            LastNumberAt = reader.Int64(),
        };
    }
}
