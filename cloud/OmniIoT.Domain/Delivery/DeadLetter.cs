using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Delivery;

public enum DeadLetterReason
{
    InvalidJson,
    WrongShape,
    NotFinite,
    TooLarge,
    Future,
    UnknownBeacon,
    UnknownModel,

    /// <summary>It was understood or made here, and every try to deliver it failed.</summary>
    Undeliverable,
}

/// <summary>A message that could not be understood or delivered, kept with its reason.</summary>
/// <param name="Payload">The first 4 KiB of what came or was to leave.</param>
public sealed record DeadLetter(
    string Id,
    Instant At,
    string Topic,
    string Principal,
    DeadLetterReason Reason,
    string Detail,
    byte[] Payload
)
{
    public const int KeptPayloadBytes = 4096;

    /// <summary>The message of a conversation that it was; null where it was none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MessageId { get; init; }

    /// <summary>Of what was given up after too many tries.</summary>
    /// <param name="principal">Whom it concerns: it goes when they are erased.</param>
    public static DeadLetter Undelivered(string id, Instant at, string topic, EntityId principal, string detail, byte[] payload) =>
        new(
            id,
            at,
            topic,
            principal.ToString(),
            DeadLetterReason.Undeliverable,
            detail,
            payload[..Math.Min(payload.Length, KeptPayloadBytes)]
        );
}
