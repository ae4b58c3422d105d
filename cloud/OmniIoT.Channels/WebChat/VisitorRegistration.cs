using System.Text;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.WebChat;

/// <summary>Makes a visitor a customer, or finds which one they are.</summary>
public sealed class VisitorRegistration(IGrains grains, ICustomerQueries customers, ICredentialStore credentials, IdGenerator ids)
{
    private const int MaximumNameLength = 100;
    private const int MaximumEmailLength = 200;

    /// <summary>What is wrong with the introduction; null when it will do.</summary>
    public static string? FindMistake(VisitorBody body)
    {
        if (!string.IsNullOrEmpty(body.Token))
            return null;
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > MaximumNameLength)
            return $"A name of 1 to {MaximumNameLength} characters is needed.";
        bool hasEmail = !string.IsNullOrWhiteSpace(body.Email);
        return hasEmail && (body.Email!.Length > MaximumEmailLength || !body.Email.Contains('@', StringComparison.Ordinal))
            ? "The e-mail address is not one."
            : null;
    }

    /// <summary>Null when the app token is not valid.</summary>
    public async Task<Customer?> RegisterAsync(VisitorBody body, CancellationToken cancellationToken) =>
        string.IsNullOrEmpty(body.Token) ? await CreateAsync(body, cancellationToken) : await FindAsync(body.Token, cancellationToken);

    /// <summary>
    /// An e-mail address that somebody types proves nothing: it never opens an existing customer's conversation. The new customer
    /// carries it, and the two can be merged by an agent.
    /// </summary>
    private async Task<Customer?> CreateAsync(VisitorBody body, CancellationToken cancellationToken)
    {
        string id = "visitor-" + ids.Next();
        IReadOnlyList<Identity> identities = string.IsNullOrWhiteSpace(body.Email) ? [] : [new Identity("email", body.Email.Trim()) { Verified = false }];
        PutCustomerData request = new()
        {
            Name = body.Name!.Trim(),
            Locale = null,
            TimeZone = null,
            Tags = ["webchat"],
            Consent = new Consent(),
            Identities = identities,
            ExpectedVersion = null,
            Actor = EntityId.Customer(id).ToString(),
        };
        return (await grains.Customer(id).PutAsync(request)).Result?.Customer;
    }

    private async Task<Customer?> FindAsync(string appToken, CancellationToken cancellationToken)
    {
        if (AppToken.CustomerOf(appToken) is not { } customerId)
            return null;
        string? stored = await credentials.FindSecretHashAsync(EntityId.Customer(customerId), cancellationToken);
        return stored is not null && SecretHasher.Verify(Encoding.UTF8.GetBytes(appToken), stored)
            ? await customers.FindAsync(customerId, cancellationToken)
            : null;
    }
}
