using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>Standard deviation, of the population, of readings that are numbers.</summary>
internal struct SpreadReadings : IWindowContent<SpreadReadings>
{
    private uint _numbers;
    private PreciseSpread _spread;

    public static int MostBytes => 5 + PreciseSpread.Bytes;

    public static bool KeepsReadings => true;

    public readonly double Reading => _numbers == 0 ? double.NaN : _spread.Sum;

    public static SpreadReadings Of(long at, double value) =>
        double.IsNaN(value) ? default : new() { _numbers = 1, _spread = PreciseSpread.Of(value) };

    public static SpreadReadings Of(in MergedReadings merged) =>
        merged.Numbers == 0
            ? default
            : new()
            {
                _numbers = (uint)merged.Numbers,
                _spread = PreciseSpread.Of(merged.Total.Mean(merged.Numbers, merged.Least, merged.Most), merged.Deviation, merged.Numbers),
            };

    public void Add(in SpreadReadings other)
    {
        if (other._numbers == 0)
            return;
        _numbers += other._numbers;
        _spread.Add(other._spread);
    }

    public readonly double Evaluate(WindowFunction function) =>
        function is not WindowFunction.Deviation ? throw new ArgumentOutOfRangeException(nameof(function), function, null)
        : _numbers == 0 ? double.NaN
        : _spread.Deviation(_numbers);

    public readonly void Write(SnapshotWriter writer, long paneAt)
    {
        writer.Unsigned(_numbers);
        _spread.Write(writer);
    }

    public static SpreadReadings Read(ref SnapshotReader reader, long paneAt) =>
        new() { _numbers = (uint)reader.Unsigned(), _spread = PreciseSpread.Read(ref reader) };
}
