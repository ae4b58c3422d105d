using System.Text.Json.Serialization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Systems;

public enum DeliveryState
{
    /// <summary>It is sent as soon as those before it are, or tried again then.</summary>
    Waiting,

    /// <summary>The other system said that it has it.</summary>
    Delivered,

    /// <summary>It was tried in vain for as long as it is tried.</summary>
    Failed,
}

/// <summary>A change on its way to another system; written in the commit of the change.</summary>
public sealed record ChangeDelivery
{
    /// <summary>The same however often it is sent.</summary>
    public required string Id { get; init; }

    /// <summary>Whom it goes to, as <see cref="SystemNames"/> writes it.</summary>
    [JsonIgnore]
    public string System { get; init; } = "";

    /// <summary>Deliveries of one lane go in their order.</summary>
    [JsonIgnore]
    public string Lane { get; init; } = "";

    /// <summary>The change's number in the log of changes.</summary>
    public required long Sequence { get; init; }

    /// <summary>When the change was committed.</summary>
    public required Instant At { get; init; }

    /// <summary>A kind of the timeline or of the event stream.</summary>
    public required string Kind { get; init; }

    public required string? CustomerId { get; init; }

    public required string? DeviceId { get; init; }

    public required DeliveryState State { get; init; }

    /// <summary>How often it was tried since it was last asked for.</summary>
    public required int Attempts { get; init; }

    /// <summary>What the last try was answered; null: it was not, or there was none.</summary>
    public required int? StatusCode { get; init; }

    /// <summary>Why the last try failed; null: it did not.</summary>
    public required string? Error { get; init; }

    /// <summary>When it was last tried; null: never.</summary>
    public required Instant? TriedAt { get; init; }

    /// <summary>When it is tried next; null: once those before it have ended, or never.</summary>
    public required Instant? NextAt { get; init; }

    /// <summary>Since when it is tried: its change, or when somebody asked for it once more.</summary>
    [JsonIgnore]
    public Instant Since { get; init; }

    /// <summary>What changed, in UTF-8.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Json { get; init; }
}
