using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>
/// Where the files of a kind of provider lie. An address that comes with a message is asked only there or at the channel's own
/// <c>endpoint</c>: else whoever writes one would have the platform call what they like.
/// </summary>
/// <param name="Endpoint">The provider's public address.</param>
/// <param name="Domains">With their subdomains, over TLS only.</param>
public sealed record ProviderHosts(string Endpoint, params IReadOnlyList<string> Domains)
{
    /// <summary>Whether the hosts of files want the channel's credentials, as the API does.</summary>
    public bool AskForCredentials { get; init; }

    /// <returns>Null when it is no address of the provider's.</returns>
    public Uri? Find(Channel channel, string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? found) || found.UserInfo.Length > 0)
            return null;
        bool isOwn = IsOfEndpoint(channel, found);
        return
            isOwn || (found.Scheme == Uri.UriSchemeHttps && found.IsDefaultPort && Domains.Any(domain => IsWithin(found.IdnHost, domain)))
            ? found
            : null;
    }

    /// <summary>Whether an address is the API's own, which alone is told the channel's credentials.</summary>
    public bool IsOfEndpoint(Channel channel, Uri address) =>
        Uri.TryCreate(channel.Endpoint(Endpoint), UriKind.Absolute, out Uri? own)
        && own.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority);

    private static bool IsWithin(string host, string domain) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
