using System.Buffers.Text;
using System.Globalization;
using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>The reading after which a list of raw readings goes on. Opaque to others.</summary>
internal static class RawCursor
{
    public static string Of(in Reading reading) =>
        Base64Url.EncodeToString(
            Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{reading.At.UnixMilliseconds} {reading.Seq}"))
        );

    /// <exception cref="FormatException">The text is no cursor of ours.</exception>
    public static Reading Parse(string opaque)
    {
        try
        {
            string[] parts = Encoding.ASCII.GetString(Base64Url.DecodeFromChars(opaque)).Split(' ');
            Instant at = new(long.Parse(parts[0], CultureInfo.InvariantCulture));
            return new Reading(at, parts[1].Length == 0 ? null : long.Parse(parts[1], CultureInfo.InvariantCulture), default);
        }
        catch (Exception error) when (error is FormatException or OverflowException or IndexOutOfRangeException)
        {
            throw new FormatException("The cursor is not one that this list gave.", error);
        }
    }
}
