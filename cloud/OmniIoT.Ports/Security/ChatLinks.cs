using OmniIoT.Ports.Queries;

namespace OmniIoT.Ports.Security;

/// <summary>
/// Links <c>/c/{token}</c> by which one customer goes on in the web chat: good for that alone, and for half an hour, so that a message
/// that others read later opens nothing.
/// </summary>
public sealed class ChatLinks(SignedLinks links, ICustomerQueries customers)
{
    private const string Purpose = "chat-link";

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    public ValueTask<string> CreateAsync(string customerId, CancellationToken cancellationToken) =>
        links.CreateAsync(Purpose, customerId, Lifetime, cancellationToken);

    /// <summary>Whose link it is; null when it is none of ours, or no longer good, or its customer is gone.</summary>
    public async ValueTask<string?> FindAsync(string token, CancellationToken cancellationToken) =>
        await links.FindAsync(Purpose, token, cancellationToken) is { } customerId
        && await customers.FindAsync(customerId, cancellationToken) is not null
            ? customerId
            : null;
}
