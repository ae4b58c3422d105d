using OmniIoT.Devices.Time;
using OmniIoT.Domain.Search;

namespace OmniIoT.Ports.Queries;

/// <summary>What can be searched, in the order in which it is told.</summary>
public enum SearchKind
{
    Customers,
    Conversations,
    Messages,
    Cases,
    Devices,

    /// <summary>In no store: they are found in the catalog.</summary>
    Articles,

    /// <summary>What stands on customers' timelines beside messages.</summary>
    Timeline,
}

/// <summary>Something that was found.</summary>
/// <param name="Id">Of the customer, the conversation, the message's entry on the timeline, the case, the device, the entry.</param>
/// <param name="Title">What names it: a name where there is one.</param>
/// <param name="Snippet">The part of its text that was found.</param>
/// <param name="At">When it happened; null: it did not.</param>
/// <param name="CustomerId">Whose it is, as written; null: nobody's, or it is a customer itself.</param>
public sealed record SearchHit(
    SearchKind Kind,
    string Id,
    string Title,
    SearchSnippet Snippet,
    Instant? At = null,
    string? CustomerId = null
)
{
    public string? ConversationId { get; init; }

    public string? CaseId { get; init; }

    public string? DeviceId { get; init; }
}

/// <param name="Items">The best first; of those that are equally good the latest, or by id where they have no time.</param>
/// <param name="More">Whether there are others.</param>
public sealed record SearchFinds(IReadOnlyList<SearchHit> Items, bool More);

public interface ISearch
{
    /// <summary>
    /// What of a kind says every word of a query: those that say whole words, then those that say parts of them, of each at most the
    /// latest 50.
    /// </summary>
    /// <param name="limit">1 to 50.</param>
    /// <param name="within">Only what lies within; null does not restrict.</param>
    ValueTask<SearchFinds> FindAsync(
        SearchKind kind,
        SearchQuery query,
        int limit,
        CancellationToken cancellationToken,
        Bounds? within = null
    );
}
