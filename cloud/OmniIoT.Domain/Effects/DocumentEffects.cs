namespace OmniIoT.Domain.Effects;

/// <summary>
/// Writes a document that no grain owns (model, site, fence, beacon, campaign, agent, enrolment). Refused as a conflict when
/// <paramref name="ExpectedVersion"/> is given and is not the stored one. The store counts the version up.
/// </summary>
public sealed record PutDocument(DocumentKind Kind, string Id, ReadOnlyMemory<byte> Json, int? ExpectedVersion = null) : Effect;

public sealed record DeleteDocument(DocumentKind Kind, string Id, int? ExpectedVersion = null) : Effect;

/// <summary>Kinds of documents that no grain owns.</summary>
public enum DocumentKind
{
    Model,
    Site,
    Fence,
    Beacon,
    Campaign,
    Agent,
    Setting,
    Enrollment,
    Calendar,
    Sla,
    Queue,

    /// <summary>Which agents are there; kept by the platform.</summary>
    Presence,
    Channel,

    /// <summary>A canned reply.</summary>
    Reply,
    Macro,
    Trigger,
    Article,

    /// <summary>An article as it was once written; its id begins with a time, so that the newest has the greatest.</summary>
    ArticleVersion,
    Bot,

    /// <summary>A voice menu.</summary>
    Flow,

    /// <summary>A voice menu as it was once written, with ids as those of articles' versions.</summary>
    FlowVersion,

    /// <summary>A question that nothing answered; its version counts how often it was asked.</summary>
    Gap,

    /// <summary>Whether an article helped; its version counts who said so.</summary>
    Feedback,

    /// <summary>What customers are asked after something of theirs has ended.</summary>
    Survey,

    /// <summary>Something that customers write about, with its words.</summary>
    Theme,

    /// <summary>Another system that is called with changes.</summary>
    Webhook,

    /// <summary>A help desk of another company that has the same cases as tickets.</summary>
    Integration,

    /// <summary>Which ticket of a help desk a case is, and up to where one was read; kept by the platform.</summary>
    Ticket,
}
