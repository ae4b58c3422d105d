using OmniIoT.Ports.Queries;

namespace OmniIoT.Ports.Security;

/// <summary>
/// Links <c>/c/{token}</c> by which one customer goes on in the web chat: good for that alone, and for half an hour, so that a message
/// that others read later opens nothing.
/// </summary>
public sealed class ChatLinks(SigningKey signingKey, ICustomerQueries customers, IdGenerator ids)
{
    private const string Purpose = "chat-link";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public async ValueTask<string> CreateAsync(string customerId, CancellationToken cancellationToken) =>
        SignedToken.Create(await signingKey.GetAsync(cancellationToken), new TokenClaim(Purpose, customerId, ids.Now() + Lifetime));

    /// <summary>Whose link it is; null when it is none of ours, or no longer good, or its customer is gone.</summary>
    public async ValueTask<string?> FindAsync(string token, CancellationToken cancellationToken) =>
        SignedToken.Read(token) is { Purpose: Purpose } claim
        && claim.ExpiresAt > ids.Now()
        && SignedToken.IsGenuine(await signingKey.GetAsync(cancellationToken), token)
        && await customers.FindAsync(claim.Subject, cancellationToken) is not null
            ? claim.Subject
            : null;
}
