namespace OmniIoT.Telemetry.Packing;

/// <summary>Lengths in milliseconds, and alignment that also holds before 1970.</summary>
internal static class Time
{
    public const long Second = 1_000;
    public const long Minute = 60 * Second;
    public const long Hour = 60 * Minute;
    public const long Day = 24 * Hour;

    public static long Floor(long at, long width)
    {
        long rest = at % width;
        return at - (rest < 0 ? rest + width : rest);
    }

    public static long Ceiling(long at, long width) => Floor(at + width - 1, width);
}
