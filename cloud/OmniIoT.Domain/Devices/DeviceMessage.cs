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
/// <param name="Payload">Any JSON.</param>
/// <param name="Properties">Beside the payload, in its sender's words.</param>
/// <param name="CustomerId">Whose device it was when it was told.</param>
public sealed record DeviceMessage(
    string Id,
    string DeviceId,
    JsonNode Payload,
    IReadOnlyDictionary<string, string> Properties,
    DeviceMessageStatus Status,
    string RequestedBy,
    Instant CreatedAt,
    Instant ExpiresAt,
    Instant? SentAt = null,
    Instant? DeliveredAt = null,
    string? CustomerId = null
)
{
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
