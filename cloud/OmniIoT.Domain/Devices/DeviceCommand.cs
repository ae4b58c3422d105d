using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Devices;

/// <summary><c>queued → sent → delivered → succeeded | failed | expired</c>; any of the first three may end at once.</summary>
public enum CommandStatus
{
    Queued,
    Sent,
    Delivered,
    Succeeded,
    Failed,
    Expired,
}

/// <summary>Something a device is asked to do, until <see cref="ExpiresAt"/> (arrival time).</summary>
/// <param name="CustomerId">Whose device it was when it was asked: what comes of it is told to them.</param>
public sealed record DeviceCommand(
    string Id,
    string DeviceId,
    string Name,
    JsonNode? Arguments,
    CommandStatus Status,
    string RequestedBy,
    Instant CreatedAt,
    Instant ExpiresAt,
    Instant? SentAt = null,
    Instant? DeliveredAt = null,
    Instant? CompletedAt = null,
    JsonNode? Result = null,
    string? Error = null,
    string? CaseId = null,
    string? CustomerId = null
)
{
    /// <summary>What it was asked for and how it went, without any word of whom or by whom.</summary>
    public DeviceCommand Anonymous() => this with { Arguments = null, Result = null, Error = null, CustomerId = null };

    public bool IsPending => Status is CommandStatus.Queued or CommandStatus.Sent or CommandStatus.Delivered;
}
