using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Domain.Desk.Routing;

public enum WorkKind
{
    Case,
    Conversation,
}

/// <summary>An unresolved case or an open conversation as the router and the clocks of promises see it.</summary>
public sealed record Work
{
    public required WorkKind Kind { get; init; }

    public required string Id { get; init; }

    /// <summary>Whose grain decides on it, as text.</summary>
    public required string Owner { get; init; }

    public required string? CustomerId { get; init; }

    public required string Queue { get; init; }

    /// <summary>The channel's id; null for a case.</summary>
    public required string? Channel { get; init; }

    public required string? Assignee { get; init; }

    public required int Version { get; init; }

    /// <summary>Whether it takes room of its assignee's; what was put off, or waits for the customer, does not.</summary>
    public required bool IsActive { get; init; }

    /// <summary>Since when it waits for the router to find it an agent; null: it does not.</summary>
    public required Instant? WaitingSince { get; init; }

    /// <summary>Since when its assignee has it and was not heard; null: there is nothing to be heard of.</summary>
    public required Instant? OfferedAt { get; init; }

    /// <summary>When something is to be told of its promises; null: nothing is.</summary>
    public required Instant? AlertAt { get; init; }

    public required RoutingState Routing { get; init; }

    /// <summary>Null when it is done.</summary>
    public static Work? Of(Conversation talk)
    {
        if (talk.Status is ConversationStatus.Closed)
            return null;
        bool isOpen = talk.Status is ConversationStatus.Open;
        return new Work
        {
            Kind = WorkKind.Conversation,
            Id = talk.Id,
            Owner = EntityId.Customer(talk.CustomerId).ToString(),
            CustomerId = talk.CustomerId,
            Queue = talk.Queue,
            Channel = talk.Channel,
            Assignee = talk.Assignee,
            Version = talk.Version,
            IsActive = isOpen,
            WaitingSince =
                isOpen && talk.Assignee is null && !talk.Routing.ByHand && !talk.IsWithBot && !talk.IsInMenu
                    ? talk.Routing.QueuedAt ?? talk.OpenedAt
                    : null,
            OfferedAt = isOpen && talk.Assignee is not null ? talk.Routing.OfferedAt : null,
            AlertAt = talk.Sla.NextAlertAt,
            Routing = talk.Routing,
        };
    }

    /// <summary>Null when it is done.</summary>
    public static Work? Of(Case @case) =>
        @case.IsUnresolved
            ? new Work
            {
                Kind = WorkKind.Case,
                Id = @case.Id,
                Owner = @case.Owner.ToString(),
                CustomerId = @case.CustomerId,
                Queue = @case.Queue,
                Channel = null,
                Assignee = @case.Assignee,
                Version = @case.Version,
                IsActive = @case.Status is CaseStatus.Open,
                WaitingSince = @case.WaitingSince,
                OfferedAt = @case.OfferedAt,
                AlertAt = @case.Sla.NextAlertAt,
                Routing = @case.Routing,
            }
            : null;
}
