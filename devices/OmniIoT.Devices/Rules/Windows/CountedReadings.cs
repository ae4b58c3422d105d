namespace OmniIoT.Devices.Rules.Windows;

/// <summary>How many readings of any kind, or events.</summary>
internal struct CountedReadings : IWindowContent<CountedReadings>
{
    private uint _count;

    public static int MostBytes => 5;

    public static bool KeepsReadings => false;

    public readonly double Reading => double.NaN;

    public static CountedReadings Of(long at, double value) => new() { _count = 1 };

    public static CountedReadings Of(in MergedReadings merged) => new() { _count = (uint)merged.Count };

    public void Add(in CountedReadings other) => _count += other._count;

    public readonly double Evaluate(WindowFunction function) =>
        function is WindowFunction.Count ? _count : throw new ArgumentOutOfRangeException(nameof(function), function, null);

    public readonly void Write(SnapshotWriter writer, long paneAt) => writer.Unsigned(_count);

    public static CountedReadings Read(ref SnapshotReader reader, long paneAt) => new() { _count = (uint)reader.Unsigned() };
}
