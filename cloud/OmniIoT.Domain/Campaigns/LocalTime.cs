using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

internal static class LocalTime
{
    /// <summary>What the clock on the customer's wall shows.</summary>
    public static DateTime Of(Instant instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant.ToDateTimeOffset(), zone).DateTime;
}
