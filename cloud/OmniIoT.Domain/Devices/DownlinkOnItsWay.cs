using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Devices;

/// <summary>A command or message that waits in the outbox: a second one of it would reach the device twice.</summary>
/// <param name="Since">When it was put there.</param>
/// <param name="IsWanted">Whether a session came meanwhile that can take it: if nobody else was there for it, it is sent again.</param>
/// <param name="Id">Of its row there; null: put there by an earlier version.</param>
public sealed record DownlinkOnItsWay(string Reference, Instant Since, bool IsWanted = false, string? Id = null)
{
    /// <summary>What became of it is told within moments; if not, the telling was lost with its process.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>From when on it is taken to be lost.</summary>
    [JsonIgnore]
    public Instant LostAt => Since + Longest;
}
