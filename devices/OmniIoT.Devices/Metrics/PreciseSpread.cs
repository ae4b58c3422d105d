namespace OmniIoT.Devices.Metrics;

/// <summary>
/// Sums of numbers and of their squares with twice the digits of a number, so that the standard deviation is that of two passes over
/// the numbers, whatever the order in which they come and are put together. The default value is that of no numbers.
/// </summary>
/// <remarks>
/// Squares of numbers beyond 2^±470 leave the numbers: such ones are kept in units of 2^±560, whose squares do not. Beside the
/// large ones the squares of all others are below the last of the digits that are kept.
/// </remarks>
internal struct PreciseSpread
{
    /// <summary>What <see cref="Write"/> takes.</summary>
    public const int Bytes = 1 + (4 * sizeof(double));

    private const int UnitBits = 560;
    private static readonly double Large = Math.ScaleB(1, 470);
    private static readonly double Small = Math.ScaleB(1, -470);

    /// <summary>Squares of numbers that are equal but for such a part of them differ by what the sums lose.</summary>
    private static readonly double Noise = Math.ScaleB(1, -90);

    private DoubleDouble _sum;
    private DoubleDouble _squares;

    /// <summary>The unit is 2^(560 · this): -1, 0 or 1.</summary>
    private sbyte _unit;

    /// <summary>Infinite when it is beyond all numbers.</summary>
    public readonly double Sum => Math.ScaleB(_sum.High, UnitBits * _unit);

    public static PreciseSpread Of(double number)
    {
        double size = Math.Abs(number);
        sbyte unit =
            size >= Large ? (sbyte)1
            : size is > 0 && size < Small ? (sbyte)-1
            : (sbyte)0;
        double scaled = unit == 0 ? number : Math.ScaleB(number, -UnitBits * unit);
        return new()
        {
            _sum = new DoubleDouble(scaled, 0),
            _squares = DoubleDouble.Product(scaled, scaled),
            _unit = unit,
        };
    }

    /// <summary>Of so many numbers of which only this is known.</summary>
    public static PreciseSpread Of(double mean, double deviation, long count)
    {
        PreciseSpread spread = Of(Math.Max(Math.Abs(mean), deviation));
        double scaledMean = Math.ScaleB(mean, -UnitBits * spread._unit);
        double scaledDeviation = Math.ScaleB(deviation, -UnitBits * spread._unit);
        spread._sum = DoubleDouble.Product(scaledMean, count);
        spread._squares = DoubleDouble
            .Product(scaledMean, scaledMean)
            .Plus(DoubleDouble.Product(scaledDeviation, scaledDeviation))
            .Times(count);
        return spread;
    }

    public void Add(in PreciseSpread other)
    {
        if (other._unit == _unit)
        {
            _sum = _sum.Plus(other._sum);
            _squares = _squares.Plus(other._squares);
            return;
        }
        PreciseSpread added = other;
        // Nothing is of any unit: it must not make another's coarser.
        if (_sum.High == 0 && _squares.High == 0)
            _unit = added._unit;
        else if (added._sum.High == 0 && added._squares.High == 0)
            return;
        sbyte unit = Math.Max(_unit, added._unit);
        UseUnit(unit);
        added.UseUnit(unit);
        _sum = _sum.Plus(added._sum);
        _squares = _squares.Plus(added._squares);
    }

    /// <summary>Of the population: the root of n·Σx² − (Σx)², over n.</summary>
    public readonly double Deviation(long count)
    {
        DoubleDouble squares = _squares.Times(count);
        double rest = squares.Minus(_sum.Square());
        return rest <= squares.High * Noise ? 0 : Math.ScaleB(Math.Sqrt(rest) / count, UnitBits * _unit);
    }

    public readonly void Write(SnapshotWriter writer)
    {
        writer.Byte((byte)(_unit + 1));
        writer.Double(_sum.High);
        writer.Double(_sum.Low);
        writer.Double(_squares.High);
        writer.Double(_squares.Low);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static PreciseSpread Read(ref SnapshotReader reader) =>
        new()
        {
            _unit = (sbyte)(reader.Byte() - 1),
            _sum = new DoubleDouble(reader.Double(), reader.Double()),
            _squares = new DoubleDouble(reader.Double(), reader.Double()),
        };

    private void UseUnit(sbyte unit)
    {
        for (; _unit < unit; _unit++)
        {
            _sum = _sum.ScaledBy(-UnitBits);
            _squares = _squares.ScaledBy(-2 * UnitBits);
        }
    }
}
