using System.Security.Cryptography;
using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Customers;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Coordination;

/// <summary>Finds whose words a channel brought, and hands them to who has the conversation with that person.</summary>
public sealed class Inbox(
    IGrains grains,
    ICustomerQueries customers,
    IConversationQueries conversations,
    ICatalog catalog,
    Talks talks,
    SigningKey signingKey
) : IInbox
{
    /// <summary>Those who hold one address; of a switchboard's number the first few tell enough.</summary>
    private const int MostHolders = 50;

    private const int IdBytes = 12;

    public async ValueTask<InboundReceipt> ReceiveAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        if (await conversations.FindMessageAsync(message.Channel, message.ExternalId, cancellationToken) is { } known)
            return new InboundReceipt(known.CustomerId, known.Message.ConversationId, known.Message.Id, IsNew: false);
        string customerId = await FindHolderAsync(message, cancellationToken) ?? await CreateAsync(message, cancellationToken);
        ReceiveMessage words = new(message.Channel, EntityId.Customer(customerId).ToString(), message.Text, null)
        {
            From = message.From,
            Html = message.Html,
            Subject = message.Subject,
            Attachments = message.Attachments,
            ExternalId = message.ExternalId,
            At = message.At,
            IsAutomatic = message.IsAutomatic,
        };
        Reply<MessageStored> reply = await ReceiveAsync(customerId, words, cancellationToken);
        return reply.Result is { } stored
            ? new InboundReceipt(stored.Conversation.CustomerId, stored.Conversation.Id, stored.Message.Id, IsNew: true)
            : throw new InvalidOperationException($"The message was not taken: {reply.Rejection!.Message}");
    }

    public async ValueTask<Reply<MessageStored>> ReceiveAsync(
        string customerId,
        ReceiveMessage words,
        CancellationToken cancellationToken
    ) => await (await talks.TalkerAsync(customerId, cancellationToken)).ReceiveMessageAsync(words);

    public async ValueTask<bool> ReportAsync(
        string channel,
        string externalId,
        MessageState state,
        string? error,
        CancellationToken cancellationToken
    )
    {
        if (await conversations.FindMessageAsync(channel, externalId, cancellationToken) is not { } known)
            return false;
        MessageReport report = new(known.Message.ConversationId, known.Message.Id, state, Error: error);
        await ReportAsync(known.CustomerId, report, cancellationToken);
        return true;
    }

    public async ValueTask ReportAsync(string customerId, MessageReport report, CancellationToken cancellationToken) =>
        await grains.Customer(customerId).ReportMessageAsync(report);

    /// <summary>
    /// Who has the address for sure; of several persons the one who wrote last. Who only said that it is theirs does not count: else
    /// whoever types another's address would read what they write.
    /// </summary>
    private async ValueTask<string?> FindHolderAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        Identity from = message.From;
        string? region = catalog.Channels.GetValueOrDefault(message.Channel)?.Region;
        HashSet<string> ids = new(StringComparer.Ordinal);
        foreach (string spelling in IdentityForm.Spellings(from, region))
            ids.UnionWith(await customers.FindByIdentityAsync(from.Type, spelling, cancellationToken));
        List<string> holders = [];
        foreach (string id in ids.Take(MostHolders))
        {
            if (await customers.FindAsync(id, cancellationToken) is { } holder && HasProven(holder, from, region))
                holders.Add(id);
        }
        string[] persons = [.. catalog.Merges.BearersOf(from, holders)];
        return persons.Length <= 1 ? persons.FirstOrDefault() : await LastWriterAsync(persons, cancellationToken);
    }

    private async ValueTask<string> LastWriterAsync(string[] persons, CancellationToken cancellationToken)
    {
        (string Id, Conversation? Last)[] talks = await Task.WhenAll(
            persons.Select(async id => (id, await LastOfAsync(id, cancellationToken)))
        );
        return talks.MaxBy(static talk => talk.Last?.LastMessageAt).Id;
    }

    private async Task<Conversation?> LastOfAsync(string customerId, CancellationToken cancellationToken)
    {
        ConversationFilter theirs = new(CustomerId: customerId);
        return (await conversations.ListAsync(theirs, new PageRequest(null, 1), cancellationToken)).Items is [var last] ? last : null;
    }

    private static bool HasProven(Customer customer, Identity from, string? region) =>
        customer.Identities.Any(identity => identity.Verified && IdentityForm.Of(identity, region).IsSame(IdentityForm.Of(from, region)));

    /// <summary>
    /// A customer whose id follows from the address, so that two messages that come at once from somebody new make one customer. The
    /// platform's key goes into it: who knows the id does not learn the address.
    /// </summary>
    private async ValueTask<string> CreateAsync(InboundMessage message, CancellationToken cancellationToken)
    {
        byte[] name = Encoding.UTF8.GetBytes($"customer\n{message.From.Type}\n{message.From.Value}");
        byte[] digest = HMACSHA256.HashData(await signingKey.GetAsync(cancellationToken), name);
        string id = "contact-" + Convert.ToHexStringLower(digest.AsSpan(0, IdBytes));
        PutCustomerData request = new()
        {
            Name = message.Name,
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = new Consent(),
            Identities = [message.From],
            ExpectedVersion = 0,
            Actor = EntityId.Customer(id).ToString(),
        };
        // Whoever lost the address since is found by it no more, and is no less the one who writes from it.
        if (await customers.FindAsync(id, cancellationToken) is null)
            await grains.Customer(id).PutAsync(request);
        return id;
    }
}
