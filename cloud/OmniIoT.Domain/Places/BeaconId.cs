using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OmniIoT.Domain.Places;

/// <summary>
/// The one form of an iBeacon's id, of which people and phones write several: the UUID in either case, numbers with leading zeros.
/// </summary>
public static class BeaconId
{
    /// <summary>Takes <c>uuid:major:minor</c>, major and minor 0 to 65,535.</summary>
    /// <param name="text">In any spelling.</param>
    /// <param name="id">The UUID in lower case, the numbers without leading zeros.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out string? id)
    {
        id =
            text.Split(':') is [var uuid, var major, var minor]
            && Guid.TryParseExact(uuid, "D", out Guid guid)
            && TryNumber(major, out ushort first)
            && TryNumber(minor, out ushort second)
                ? string.Create(CultureInfo.InvariantCulture, $"{guid:D}:{first}:{second}")
                : null;
        return id is not null;
    }

    /// <summary>The one form of an id that may name a beacon; what names something else, such as a scanner, as it is.</summary>
    public static string Canonical(string text) => TryParse(text, out string? id) ? id : text;

    private static bool TryNumber(string digits, out ushort number) =>
        ushort.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
