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
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Coordination;

/// <summary>
/// Finds whose words a channel brought, and which grain of the person has the conversation that they belong to.
/// </summary>
public sealed class Inbox(
    IGrains grains,
    ICustomerQueries customers,
    IConversationQueries conversations,
    ICatalog catalog,
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
        string customerId = await FindHolderAsync(message.From, cancellationToken) ?? await CreateAsync(message, cancellationToken);
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
    ) => await grains.Customer(await TalkerAsync(customerId, cancellationToken)).ReceiveMessageAsync(words);

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
    /// Of persons who are several, whose grain talks: that of the newest conversation, which goes on; else the survivor's.
    /// </summary>
    private async ValueTask<string> TalkerAsync(string customerId, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> members = catalog.Merges.MembersOf(customerId);
        if (members.Count == 1)
            return customerId;
        ConversationFilter theirs = new(CustomerId: members[0]);
        Page<Conversation> newest = await conversations.ListAsync(theirs, new PageRequest(null, 1), cancellationToken);
        return newest.Items is [{ MergedInto: null } last] ? last.CustomerId : members[0];
    }

    /// <summary>
    /// Who has the address for sure; of several persons the one who wrote last. Who only said that it is theirs does not count: else
    /// whoever types another's address would read what they write.
    /// </summary>
    private async ValueTask<string?> FindHolderAsync(Identity from, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = await customers.FindByIdentityAsync(from.Type, from.Value, cancellationToken);
        List<string> holders = [];
        foreach (string id in ids.Take(MostHolders))
        {
            if (await customers.FindAsync(id, cancellationToken) is { } holder && HasProven(holder, from))
                holders.Add(id);
        }
        string[] persons = [.. catalog.Merges.BearersOf(from, holders)];
        return persons.Length <= 1 ? persons.FirstOrDefault() : await LastWriterAsync(persons, cancellationToken);
    }

    private async ValueTask<string> LastWriterAsync(string[] persons, CancellationToken cancellationToken)
    {
        (string Id, Conversation? Last)[] talks = await Task.WhenAll(
            persons.Select(async id =>
                (
                    id,
                    (await conversations.ListAsync(new(CustomerId: id), new PageRequest(null, 1), cancellationToken)).Items.FirstOrDefault()
                )
            )
        );
        return talks.MaxBy(static talk => talk.Last?.LastMessageAt).Id;
    }

    private static bool HasProven(Customer customer, Identity from) =>
        customer.Identities.Any(identity => identity.Verified && identity.IsSame(from));

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
