using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Routing;

namespace OmniIoT.Api.Desk;

/// <summary>How an agent is at work.</summary>
public sealed record MyDeskView
{
    public required PresenceState State { get; init; }

    /// <summary>Null: they never said.</summary>
    public required Instant? Since { get; init; }

    /// <summary>How much they take at once.</summary>
    public required AgentCapacity Capacity { get; init; }

    /// <summary>How much they have.</summary>
    public required AgentCapacity Load { get; init; }

    /// <summary>What was given to them and waits for a word of theirs, the oldest first.</summary>
    public required IReadOnlyList<OfferedWorkView> Offered { get; init; }
}

/// <summary>A case or a conversation that was given to an agent.</summary>
public sealed record OfferedWorkView
{
    public required WorkKind Kind { get; init; }

    public required string Id { get; init; }

    public required string? CustomerId { get; init; }

    public required string Queue { get; init; }

    /// <summary>The channel's id; null for a case.</summary>
    public required string? Channel { get; init; }

    public required Instant OfferedAt { get; init; }

    /// <summary>When it is taken back, unless they do something about it before.</summary>
    public required Instant AnswerBy { get; init; }

    internal static OfferedWorkView Of(OfferedWork offered) =>
        new()
        {
            Kind = offered.Work.Kind,
            Id = offered.Work.Id,
            CustomerId = offered.Work.CustomerId,
            Queue = offered.Work.Queue,
            Channel = offered.Work.Channel,
            OfferedAt = offered.Work.OfferedAt!.Value,
            AnswerBy = offered.AnswerBy,
        };
}
