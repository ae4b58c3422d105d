using OmniIoT.Ports;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.WebChat;

/// <summary>Who writes in the chat: a customer, known by a token that the page keeps.</summary>
public sealed record Visitor(string CustomerId);

/// <summary>Gives and knows visitors' tokens.</summary>
public sealed class VisitorTokens(SigningKey signingKey, IdGenerator ids)
{
    private const string Purpose = "visitor";

    /// <summary>A visitor who comes back within it finds the conversation again.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    public async ValueTask<string> CreateAsync(string customerId, CancellationToken cancellationToken) =>
        SignedToken.Create(await signingKey.GetAsync(cancellationToken), new TokenClaim(Purpose, customerId, ids.Now() + Lifetime));

    /// <summary>Null when the token is none of ours, or no longer valid.</summary>
    public async ValueTask<Visitor?> FindAsync(string token, CancellationToken cancellationToken) =>
        SignedToken.Read(token) is { Purpose: Purpose } claim
        && claim.ExpiresAt > ids.Now()
        && SignedToken.IsGenuine(await signingKey.GetAsync(cancellationToken), token)
            ? new Visitor(claim.Subject)
            : null;
}
