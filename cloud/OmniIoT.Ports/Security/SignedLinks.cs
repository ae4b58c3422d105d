namespace OmniIoT.Ports.Security;

/// <summary>Links that are good for one purpose, one subject and a while, without a record of them anywhere.</summary>
public sealed class SignedLinks(SigningKey signingKey, IdGenerator ids)
{
    /// <returns>The token of a link.</returns>
    public async ValueTask<string> CreateAsync(string purpose, string subject, TimeSpan lifetime, CancellationToken cancellationToken) =>
        SignedToken.Create(await signingKey.GetAsync(cancellationToken), new TokenClaim(purpose, subject, ids.Now() + lifetime));

    /// <summary>What the link is for; null when it is none of ours, or for something else, or no longer good.</summary>
    public async ValueTask<string?> FindAsync(string purpose, string token, CancellationToken cancellationToken) =>
        SignedToken.Read(token) is { } claim
        && claim.Purpose == purpose
        && claim.ExpiresAt > ids.Now()
        && SignedToken.IsGenuine(await signingKey.GetAsync(cancellationToken), token)
            ? claim.Subject
            : null;
}
