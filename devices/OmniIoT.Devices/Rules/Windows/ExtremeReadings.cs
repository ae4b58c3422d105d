namespace OmniIoT.Devices.Rules.Windows;

/// <summary>The least and the greatest of readings that are numbers.</summary>
internal struct ExtremeReadings : IWindowContent<ExtremeReadings>
{
    private bool _isKnown;
    private double _least;
    private double _most;

    public static int MostBytes => 2 * sizeof(double);

    public static bool KeepsReadings => true;

    public readonly double Reading => _isKnown ? _least : double.NaN;

    public static ExtremeReadings Of(long at, double value) => Between(value, value);

    public static ExtremeReadings Of(in MergedReadings merged) => merged.Numbers == 0 ? default : Between(merged.Least, merged.Most);

    public void Add(in ExtremeReadings other)
    {
        if (!other._isKnown)
            return;
        _least = _isKnown ? Math.Min(_least, other._least) : other._least;
        _most = _isKnown ? Math.Max(_most, other._most) : other._most;
        _isKnown = true;
    }

    public readonly double Evaluate(WindowFunction function) =>
        !_isKnown
            ? double.NaN
            : function switch
            {
                WindowFunction.Least => _least,
                WindowFunction.Most => _most,
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
            };

    public readonly void Write(SnapshotWriter writer, long paneAt)
    {
        writer.Double(_isKnown ? _least : double.NaN);
        writer.Double(_most);
    }

    public static ExtremeReadings Read(ref SnapshotReader reader, long paneAt) => Between(reader.Double(), reader.Double());

    private static ExtremeReadings Between(double least, double most) =>
        double.IsNaN(least)
            ? default
            : new()
            {
                _isKnown = true,
                _least = least,
                _most = most,
            };
}
