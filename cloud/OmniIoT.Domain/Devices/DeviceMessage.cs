using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Devices;

/// <summary><c>queued → sent → delivered</c>; the first two may end as <c>expired</c>.</summary>
public enum DeviceMessageStatus
{
    Queued,
    Sent,
    Delivered,
    Expired,
}

/// <summary>Something a device is told, and that it need not answer; kept for it until <see cref="ExpiresAt"/> (arrival time).</summary>
public sealed record DeviceMessage
{
    public required string Id { get; init; }

    public required string DeviceId { get; init; }

    /// <summary>Any JSON.</summary>
    public required JsonNode Payload { get; init; }

    /// <summary>Beside the payload, in its sender's words.</summary>
    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    public required DeviceMessageStatus Status { get; init; }

    public required string RequestedBy { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant ExpiresAt { get; init; }

    public Instant? SentAt { get; init; }

    public Instant? DeliveredAt { get; init; }

    /// <summary>Whose device it was when it was told.</summary>
    public string? CustomerId { get; init; }

    /// <summary>That it was told something, and when.</summary>
    public DeviceMessage Anonymous() =>
        this with
        {
            Payload = new JsonObject(),
            Properties = new Dictionary<string, string>(),
            CustomerId = null,
        };

    /// <summary>Bytes of the payload as compact JSON. As much as the hubs of others take.</summary>
    public const int MaxPayloadBytes = 64 * 1024;

    /// <summary>Bytes of all names and values: they travel in the topic.</summary>
    public const int MaxPropertyBytes = 8 * 1024;

    /// <summary>Messages that wait for one device.</summary>
    public const int MaxPending = 50;

    /// <summary>Bytes of the payloads that wait for one device: they are part of its state.</summary>
    public const int MaxPendingBytes = 256 * 1024;

    /// <summary>Of a message whose sender did not say.</summary>
    public static readonly TimeSpan DefaultLifetime = TimeSpan.FromDays(1);
}
