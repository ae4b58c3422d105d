using OmniIoT.Domain;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.WebChat;

/// <summary>Who writes in the chat: a customer, known by a token that the page keeps.</summary>
public sealed record Visitor(string CustomerId);

/// <summary>
/// Gives and knows visitors' tokens. One that was given for an app token ends with it; each ends with its customer.
/// </summary>
public sealed class VisitorTokens(
    SigningKey signingKey,
    ICredentialStore credentials,
    ICustomerQueries customers,
    ChatLinks links,
    IdGenerator ids
)
{
    private const string Introduced = "visitor";
    private const string Derived = "visitor-app";

    /// <summary>A visitor who comes back within it finds the conversation again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>Of who followed a link.</summary>
    private static readonly TimeSpan FollowedLifetime = TimeSpan.FromDays(1);

    /// <summary>For a visitor who said a name.</summary>
    public async ValueTask<string> CreateAsync(string customerId, CancellationToken cancellationToken) =>
        SignedToken.Create(await signingKey.GetAsync(cancellationToken), new TokenClaim(Introduced, customerId, ids.Now() + Lifetime));

    /// <summary>For a customer who showed the app token that is valid now.</summary>
    public async ValueTask<string> DeriveAsync(string customerId, CancellationToken cancellationToken) =>
        SignedToken.Create(
            await signingKey.GetAsync(cancellationToken),
            new TokenClaim(Derived, customerId, ids.Now() + Lifetime),
            await AppTokenOfAsync(customerId, cancellationToken) ?? ""
        );

    /// <summary>For who follows a link; null when it is not good. Whoever reads the message later is not to be let in for long.</summary>
    public async ValueTask<FollowedLink?> FollowAsync(string link, CancellationToken cancellationToken)
    {
        if (await links.FindAsync(link, cancellationToken) is not { } customerId)
            return null;
        TokenClaim claim = new(Introduced, customerId, ids.Now() + FollowedLifetime);
        string token = SignedToken.Create(await signingKey.GetAsync(cancellationToken), claim);
        return new FollowedLink(customerId, (await customers.FindAsync(customerId, cancellationToken))?.Name, token);
    }

    /// <summary>Null when the token is none of ours, or no longer valid.</summary>
    public async ValueTask<Visitor?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (SignedToken.Read(token) is not { Purpose: Introduced or Derived } claim || claim.ExpiresAt <= ids.Now())
            return null;
        string? context = claim.Purpose == Derived ? await AppTokenOfAsync(claim.Subject, cancellationToken) : "";
        return
            context is not null
            && SignedToken.IsGenuine(await signingKey.GetAsync(cancellationToken), token, context)
            && await customers.FindAsync(claim.Subject, cancellationToken) is not null
            ? new Visitor(claim.Subject)
            : null;
    }

    private ValueTask<string?> AppTokenOfAsync(string customerId, CancellationToken cancellationToken) =>
        credentials.FindSecretHashAsync(EntityId.Customer(customerId), cancellationToken);
}

/// <param name="Token">Of the visitor that they are now.</param>
public sealed record FollowedLink(string CustomerId, string? Name, string Token);
