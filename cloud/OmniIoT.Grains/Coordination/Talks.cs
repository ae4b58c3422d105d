using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Whose grain of a person has the one conversation with them, and what makes one conversation of two. Done again, it changes nothing
/// more.
/// </summary>
public sealed class Talks(IGrains grains, IConversationQueries conversations, ICatalog catalog)
{
    /// <summary>Nobody has more that are not closed: one for each customer that the person was.</summary>
    private const int MostOpen = 100;

    /// <summary>A conversation that was merged into one that was merged …</summary>
    private const int MostMerges = 16;

    /// <summary>
    /// The customer whose grain has the person's conversation that is not closed, else the newest, which goes on; else who answers for the
    /// person.
    /// </summary>
    public async ValueTask<ICustomerGrain> TalkerAsync(string customerId, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> members = catalog.Merges.MembersOf(customerId);
        if (members.Count == 1)
            return grains.Customer(customerId);
        foreach (ConversationStatus? status in new ConversationStatus?[] { ConversationStatus.Open, ConversationStatus.Snoozed, null })
        {
            ConversationFilter theirs = new(status, CustomerId: members[0]);
            Page<Conversation> newest = await conversations.ListAsync(theirs, new PageRequest(null, 1), cancellationToken);
            if (newest.Items is [{ MergedInto: null } last])
                return grains.Customer(last.CustomerId);
        }
        return grains.Customer(members[0]);
    }

    /// <summary>The conversation that one goes on in; null: it is not known.</summary>
    public async ValueTask<Conversation?> GoesOnInAsync(string conversationId, CancellationToken cancellationToken)
    {
        Conversation? found = await conversations.FindAsync(conversationId, cancellationToken);
        for (int merges = 0; found?.MergedInto is { } into && merges < MostMerges; merges++)
            found = await conversations.FindAsync(into, cancellationToken);
        return found;
    }

    /// <summary>Takes a conversation into an open one of the same person.</summary>
    public async Task<Reply<Conversation>> MergeAsync(Conversation into, Conversation from, string actor)
    {
        if (from.MergedInto is not null && from.MergedInto != into.Id)
            return Rejection.Conflict("ConversationMerged", $"Conversation '{from.Id}' was merged into '{from.MergedInto}'.");
        Reply<Conversation> absorbed = await grains
            .Customer(into.CustomerId)
            .AbsorbConversationAsync(new AbsorbConversation(into.Id, from));
        if (absorbed.Rejection is not null)
            return absorbed;
        Reply<Conversation> joined = await grains
            .Customer(from.CustomerId)
            .JoinConversationAsync(new JoinConversation(from.Id, into.Id, actor));
        return joined.Rejection is null ? absorbed : joined;
    }

    /// <summary>Of a person who was several, the one that was talked in last takes the others in.</summary>
    public async Task MakeOneAsync(string customerId, string actor)
    {
        List<Conversation> open = [];
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
        {
            ConversationFilter theirs = new(status, CustomerId: customerId);
            open.AddRange((await conversations.ListAsync(theirs, new PageRequest(null, MostOpen), CancellationToken.None)).Items);
        }
        if (open.MaxBy(static talk => talk.LastMessageAt) is not { } newest)
            return;
        foreach (Conversation other in open.Where(talk => talk.Id != newest.Id))
            await MergeAsync(newest, other, actor);
    }
}
