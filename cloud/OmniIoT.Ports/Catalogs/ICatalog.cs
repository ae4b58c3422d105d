using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Ports.Catalogs;

/// <summary>Tells the running parts that a document no grain owns (model, site, fence, beacon, campaign) was committed.</summary>
public interface ICatalog
{
    /// <summary>
    /// Rebuilds what is derived from documents (compiled models, fence index, campaigns). When it returns, whatever message
    /// arrives next is judged by the new state.
    /// </summary>
    ValueTask RefreshAsync(DocumentKind kind, string id, CancellationToken cancellationToken);

    /// <summary>
    /// The same for many fences at once. What is stored as it was written is taken as it was read then; of the others what is stored.
    /// </summary>
    ValueTask RefreshFencesAsync(IReadOnlyCollection<WrittenFence> written, CancellationToken cancellationToken);

    /// <summary>By which company and customers talk, by id, as of the last refresh; what cannot be read is missing.</summary>
    IReadOnlyDictionary<string, Channel> Channels { get; }

    /// <summary>What the company knows, and its bots, as of the last refresh; what cannot be read is missing.</summary>
    Knowledge Answers { get; }

    /// <summary>Voice menus by id, as of the last refresh; what cannot be read is missing.</summary>
    IReadOnlyDictionary<string, Flow> Flows { get; }

    /// <summary>Other systems that are called with changes, by id, as of the last refresh; what cannot be read is missing.</summary>
    IReadOnlyDictionary<string, Webhook> Webhooks { get; }

    /// <summary>Help desks that have the same cases, by id, as of the last refresh; what cannot be read is missing.</summary>
    IReadOnlyDictionary<string, Integration> Integrations { get; }

    /// <summary>Which customers are one person, as of the last refresh.</summary>
    Merges Merges { get; }

    /// <summary>Makes known that customers were merged or unmerged.</summary>
    ValueTask RefreshMergesAsync(CancellationToken cancellationToken);
}

/// <summary>A fence whose document was put, or deleted.</summary>
/// <param name="Put">The fence and its document; null: it was deleted.</param>
public sealed record WrittenFence(string Id, (Fence Fence, ReadOnlyMemory<byte> Json)? Put);
