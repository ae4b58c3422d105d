namespace OmniIoT.Devices.Metrics;

/// <summary>
/// A sum with twice the digits of a number: of numbers that differ by less than some thirty decimal places it is exact, so that it is
/// the same in whatever order they come and are put together. It does not end at the largest number. The default value is zero.
/// </summary>
public struct PreciseSum
{
    /// <summary>Sums beyond this are kept in units of 2^64, so that no step of adding overflows.</summary>
    private const double Largest = 1.0715086071862673e301;

    private const double Unit = 18_446_744_073_709_551_616.0;

    private double _high;

    /// <summary>What <see cref="_high"/> is short of; at most half of its last digit.</summary>
    private double _low;
    private bool _isInUnits;

    /// <summary>The sum as one number; infinite when it is beyond all numbers.</summary>
    public readonly double Value => _isInUnits ? _high * Unit : _high;

    /// <summary>
    /// Two numbers that <see cref="FromParts"/> makes the same sum of. The first is <see cref="Value"/> unless that is too large.
    /// </summary>
    public readonly (double Sum, double Remainder) Parts => _isInUnits ? (_low, _high) : (_high, _low);

    /// <param name="sum">Of <see cref="Parts"/>, or a sum that was taken otherwise.</param>
    /// <param name="rest">Of <see cref="Parts"/>; 0 when nothing is known of it. The greater of the two means units.</param>
    public static PreciseSum FromParts(double sum, double rest) =>
        Math.Abs(rest) > Math.Abs(sum)
            ? new()
            {
                _high = rest,
                _low = sum,
                _isInUnits = true,
            }
            : new() { _high = sum, _low = rest };

    public void Add(double number)
    {
        if (!_isInUnits && Math.Abs(_high + number) > Largest)
            UseUnits();
        Take(_isInUnits ? number / Unit : number);
    }

    public void Add(in PreciseSum other)
    {
        if (!_isInUnits && (other._isInUnits || Math.Abs(_high + other._high) > Largest))
            UseUnits();
        double unit = _isInUnits && !other._isInUnits ? Unit : 1;
        Take(other._high / unit);
        Take(other._low / unit);
    }

    /// <summary>The mean of so many numbers.</summary>
    public readonly double Mean(long count) => Mean(count, -double.MaxValue, double.MaxValue);

    /// <summary>The mean of so many numbers, never outside of the bounds that all of them keep.</summary>
    public readonly double Mean(long count, double least, double most)
    {
        double mean = _high / count;
        mean += (Math.FusedMultiplyAdd(-mean, count, _high) + _low) / count;
        if (_isInUnits)
            mean *= Unit;
        // Sums that an earlier version let overflow say nothing any more.
        return double.IsNaN(mean) ? (least / 2) + (most / 2) : Math.Clamp(mean, least, most);
    }

    /// <summary>Adds without loss of what rounding cuts off: Knuth, The Art of Computer Programming, volume 2, 4.2.2, theorem B.</summary>
    private void Take(double number)
    {
        double sum = _high + number;
        double taken = sum - _high;
        double rest = _low + (_high - (sum - taken) + (number - taken));
        _high = sum + rest;
        _low = rest - (_high - sum);
    }

    private void UseUnits()
    {
        (_high, _low) = (_high / Unit, _low / Unit);
        _isInUnits = true;
    }
}
