using OmniIoT.Domain.Timeline;

namespace OmniIoT.Ports.Queries;

/// <summary>Whom and what something is about; null: nobody, or no such thing.</summary>
public readonly record struct Subjects
{
    /// <summary>Any id of the person.</summary>
    public string? CustomerId { get; init; }

    public string? CaseId { get; init; }

    public string? ConversationId { get; init; }

    public string? DeviceId { get; init; }

    public string? SiteId { get; init; }

    /// <summary>Whether it is about more than a person.</summary>
    public bool IsOfSomething => (CaseId ?? ConversationId ?? DeviceId ?? SiteId) is not null;

    public static Subjects Of(TimelineEntry entry) => Of(entry.CustomerId, entry.Refs);

    public static Subjects Of(string? customerId, TimelineRefs refs) =>
        new()
        {
            CustomerId = customerId,
            CaseId = refs.CaseId,
            ConversationId = refs.ConversationId,
            DeviceId = refs.DeviceId,
            SiteId = refs.SiteId,
        };
}
