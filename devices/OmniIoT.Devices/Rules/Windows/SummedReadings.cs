using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>Sum and mean of readings that are numbers.</summary>
internal struct SummedReadings : IWindowContent<SummedReadings>
{
    private uint _numbers;
    private PreciseSum _total;

    public static int MostBytes => 5 + (2 * sizeof(double));

    public static bool KeepsReadings => true;

    public readonly double Reading => _numbers == 0 ? double.NaN : _total.Value;

    public static SummedReadings Of(long at, double value) =>
        double.IsNaN(value) ? default : new() { _numbers = 1, _total = PreciseSum.FromParts(value, 0) };

    public static SummedReadings Of(in MergedReadings merged) => new() { _numbers = (uint)merged.Numbers, _total = merged.Total };

    public void Add(in SummedReadings other)
    {
        if (other._numbers == 0)
            return;
        _numbers += other._numbers;
        _total.Add(other._total);
    }

    public readonly double Evaluate(WindowFunction function) =>
        function switch
        {
            WindowFunction.Sum => _total.Value,
            WindowFunction.Average => _numbers == 0 ? double.NaN : _total.Mean(_numbers),
            _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
        };

    public readonly void Write(SnapshotWriter writer, long paneAt)
    {
        writer.Unsigned(_numbers);
        writer.Double(_total.Parts.Sum);
        writer.Double(_total.Parts.Remainder);
    }

    public static SummedReadings Read(ref SnapshotReader reader, long paneAt) =>
        new() { _numbers = (uint)reader.Unsigned(), _total = PreciseSum.FromParts(reader.Double(), reader.Double()) };
}
