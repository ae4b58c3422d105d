namespace OmniIoT.Domain.Telemetry;

/// <summary>
/// Stands for the sequence number of a reading that came without a time and without a number. Many arrive in one millisecond,
/// so that their time cannot tell them apart, and none of them may be lost. Nobody outside ever sees one.
/// </summary>
public static class ArrivalNumber
{
    /// <summary>
    /// No device counts down to here; an arrival every microsecond fills it in twelve days, by which time the times differ.
    /// </summary>
    private const long Range = 1L << 40;

    public static long Of(long count) => long.MinValue + (count % Range);

    /// <summary>The number that the device sent; null when it sent none.</summary>
    public static long? Sent(long? seq) => seq < long.MinValue + Range ? null : seq;
}
