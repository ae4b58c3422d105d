using System.Security.Cryptography;
using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Customers;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Coordination;

/// <summary>Whose an address is that somebody writes or calls from.</summary>
public sealed class Senders(
    IGrains grains,
    ICustomerQueries customers,
    IConversationQueries conversations,
    ICatalog catalog,
    SigningKey signingKey
) : ISenders
{
    /// <summary>Those who hold one address; of a switchboard's number the first few tell enough.</summary>
    private const int MostHolders = 50;

    private const int IdBytes = 12;

    public async ValueTask<string> FindOrCreateAsync(string channel, Identity from, string? name, CancellationToken cancellationToken) =>
        await FindAsync(channel, from, cancellationToken) ?? await CreateAsync(from, name, cancellationToken);

    /// <summary>
    /// Who has the address for sure; of several persons the one who wrote last. Who only said that it is theirs does not count: else
    /// whoever types another's address would read what they write.
    /// </summary>
    public async ValueTask<string?> FindAsync(string channel, Identity from, CancellationToken cancellationToken)
    {
        string? region = catalog.Channels.GetValueOrDefault(channel)?.Region;
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
    private async ValueTask<string> CreateAsync(Identity from, string? name, CancellationToken cancellationToken)
    {
        byte[] seed = Encoding.UTF8.GetBytes($"customer\n{from.Type}\n{from.Value}");
        byte[] digest = HMACSHA256.HashData(await signingKey.GetAsync(cancellationToken), seed);
        string id = "contact-" + Convert.ToHexStringLower(digest.AsSpan(0, IdBytes));
        PutCustomerData request = new()
        {
            Name = name,
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = new Consent(),
            Identities = [from],
            ExpectedVersion = 0,
            Actor = EntityId.Customer(id).ToString(),
        };
        // Whoever lost the address since is found by it no more, and is no less the one who writes from it.
        if (await customers.FindAsync(id, cancellationToken) is null)
            await grains.Customer(id).PutAsync(request);
        return id;
    }
}
