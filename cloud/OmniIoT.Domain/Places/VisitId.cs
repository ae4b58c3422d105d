using System.Globalization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

internal static class VisitId
{
    /// <summary>The place and the time of entering: the same visit has the same id however often its messages are sent.</summary>
    public static string Of(string placeId, Instant enteredAt) =>
        string.Create(CultureInfo.InvariantCulture, $"{placeId}@{enteredAt.UnixMilliseconds}");
}
