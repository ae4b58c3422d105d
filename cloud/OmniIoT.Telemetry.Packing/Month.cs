namespace OmniIoT.Telemetry.Packing;

/// <summary>A UTC month of device time: what is kept, and given up, together.</summary>
internal readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>Epoch milliseconds of its first moment.</summary>
    public long Start => new DateTimeOffset(Year, Number, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <summary>Epoch milliseconds of the first moment after it.</summary>
    public long End => Start + (DateTime.DaysInMonth(Year, Number) * Time.Day);

    public static Month Of(long milliseconds)
    {
        DateTimeOffset time = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        return new Month(time.Year, time.Month);
    }

    public int CompareTo(Month other) => (Year, Number).CompareTo((other.Year, other.Number));
}
