using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Sql.Writing;

/// <summary>By which lists begin with what was not kept, then with what is due next.</summary>
internal static class Attention
{
    private const long Kept = 1_000_000_000_000_000;

    public static long Of(SlaClock sla) => (sla.Breached.Count > 0 ? 0 : Kept) + (sla.NextDueAt ?? Instant.MaxValue).UnixMilliseconds;
}
