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
public sealed record DeviceCommand
{
    public required string Id { get; init; }

    public required string DeviceId { get; init; }

    public required string Name { get; init; }

    public required JsonNode? Arguments { get; init; }

    public required CommandStatus Status { get; init; }

    public required string RequestedBy { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? SentAt { get; init; }

    public Instant? DeliveredAt { get; init; }

    public Instant? CompletedAt { get; init; }

    public JsonNode? Result { get; init; }

    public string? Error { get; init; }

    public string? CaseId { get; init; }

    /// <summary>Whose device it was when it was asked: what comes of it is told to them.</summary>
    public string? CustomerId { get; init; }

    /// <summary>Bytes of the arguments as compact JSON.</summary>
    public const int MaxArgumentBytes = 64 * 1024;

    /// <summary>Commands of one device that have not ended.</summary>
    public const int MaxPending = 500;

    /// <summary>Bytes of their arguments: they are part of the device's state.</summary>
    public const int MaxPendingBytes = 256 * 1024;

    /// <summary>What it was asked for and how it went, without any word of whom or by whom.</summary>
    public DeviceCommand Anonymous() => this with { Arguments = null, Result = null, Error = null, CustomerId = null };

    public bool IsPending => Status is CommandStatus.Queued or CommandStatus.Sent or CommandStatus.Delivered;
}
