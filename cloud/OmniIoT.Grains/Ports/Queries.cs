using OmniIoT.Devices;
using OmniIoT.Domain;

namespace OmniIoT.Grains.Ports;

/// <summary>A missing field does not restrict. <see cref="Text"/> matches id or name, case-insensitively, anywhere.</summary>
public sealed record DeviceFilter(string? Model = null, string? CustomerId = null, string? SiteId = null, string? Text = null);

public interface IDeviceQueries
{
    ValueTask<DeviceRegistration?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    ValueTask<Page<DeviceRegistration>> ListAsync(DeviceFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<DeviceCommand>> CommandsAsync(string deviceId, PageRequest page, CancellationToken cancellationToken);

    ValueTask<DeviceCommand?> FindCommandAsync(string deviceId, string commandId, CancellationToken cancellationToken);
}

public sealed record AlarmFilter(string? DeviceId = null, AlarmState? State = null, Severity? Severity = null, string? CaseId = null);

public interface IAlarmQueries
{
    ValueTask<Alarm?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Newest first, by the time it was raised.</summary>
    ValueTask<Page<Alarm>> ListAsync(AlarmFilter filter, PageRequest page, CancellationToken cancellationToken);
}

/// <summary><see cref="Unresolved"/> true: open, pending or verifying. <see cref="Assignee"/> empty: unassigned.</summary>
public sealed record CaseFilter(
    CaseStatus? Status = null, string? DeviceId = null, string? CustomerId = null, string? Assignee = null,
    string? Queue = null, CasePriority? Priority = null, string? Text = null, bool? Unresolved = null);

public interface ICaseQueries
{
    ValueTask<Case?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Newest first, by number.</summary>
    ValueTask<Page<Case>> ListAsync(CaseFilter filter, PageRequest page, CancellationToken cancellationToken);
}

/// <summary><see cref="Kinds"/> and <see cref="Channel"/> restrict when given; <see cref="CaseId"/> restricts to one case.</summary>
public sealed record TimelineFilter(string? CustomerId, IReadOnlyList<string>? Kinds = null, string? Channel = null, string? CaseId = null);

public interface ITimelineQueries
{
    /// <summary>Newest first, by <see cref="TimelineEntry.At"/>, then by id.</summary>
    ValueTask<Page<TimelineEntry>> ListAsync(TimelineFilter filter, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>
/// Wherever a customer is named here and in the filters, the whole person is meant: an id that was merged away stands for its
/// survivor, and a survivor's lists have what belongs to each. Records come as written, each with the id that it belongs to.
/// </summary>
public interface ICustomerQueries
{
    /// <summary>Who answers for the id: the customer, or the survivor that it was merged into.</summary>
    ValueTask<Customer?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The merge that made a customer answer with another; null when there is none.</summary>
    ValueTask<Merge?> FindMergeAsync(string id, CancellationToken cancellationToken);

    /// <summary>All merges, by id.</summary>
    ValueTask<IReadOnlyList<Merge>> MergesAsync(CancellationToken cancellationToken);

    /// <summary>Ids of the customers that have the identity (exact type and value), by id; each that has it, though they be one person.</summary>
    ValueTask<IReadOnlyList<string>> FindByIdentityAsync(string type, string value, CancellationToken cancellationToken);

    /// <summary>Those who were not merged away, by id. <paramref name="text"/> matches id, name or an identity's value anywhere.</summary>
    ValueTask<Page<Customer>> ListAsync(string? text, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<Visit>> VisitsAsync(string customerId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Visits that have not ended, over all customers, by entry.</summary>
    ValueTask<Page<PresentVisit>> PresentAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<Offer>> OffersAsync(string customerId, PageRequest page, CancellationToken cancellationToken);

    ValueTask<Offer?> FindOfferAsync(string offerId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<RecordedDecision>> DecisionsAsync(string customerId, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>A customer who is in a place now.</summary>
public sealed record PresentVisit(string CustomerId, string? Name, Visit Visit);

/// <summary>How a campaign goes: decisions by reason, offers by state; counted at write, not by scanning.</summary>
public sealed record CampaignReport(
    string CampaignId, IReadOnlyDictionary<string, long> Decisions, long Sent, long Delivered, long Opened, long Redeemed, long Expired);

public interface ICampaignQueries
{
    ValueTask<CampaignReport> ReportAsync(string campaignId, CancellationToken cancellationToken);
}

public sealed record ConversationFilter(ConversationStatus? Status = null, string? Queue = null, string? CustomerId = null);

public interface IConversationQueries
{
    ValueTask<Conversation?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The last message's time decides: newest first.</summary>
    ValueTask<Page<Conversation>> ListAsync(ConversationFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Oldest first.</summary>
    ValueTask<IReadOnlyList<ConversationMessage>> MessagesAsync(string conversationId, CancellationToken cancellationToken);
}

public interface IDeadLetterQueries
{
    /// <summary>Newest first.</summary>
    ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken);
}

/// <summary>A stored document and its version, which is its entity tag.</summary>
public sealed record Document(DocumentKind Kind, string Id, byte[] Json, int Version);

public interface IDocumentQueries
{
    ValueTask<Document?> FindAsync(DocumentKind kind, string id, CancellationToken cancellationToken);

    /// <summary>By id.</summary>
    ValueTask<Page<Document>> ListAsync(DocumentKind kind, PageRequest page, CancellationToken cancellationToken);
}

public interface IOutboxQueries
{
    /// <summary>What still waits to be handed over, oldest first, after <paramref name="afterId"/>.</summary>
    ValueTask<IReadOnlyList<Downlink>> PendingAsync(string? afterId, int limit, CancellationToken cancellationToken);
}
