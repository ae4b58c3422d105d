using System.Net.Http.Headers;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>Gets files by their addresses, from a kind of provider's own hosts and from nowhere else.</summary>
public sealed class ProviderFiles(ProviderClient provider, ProviderHosts hosts)
{
    /// <summary>Gets one; a provider that sends on to another of its hosts is followed once.</summary>
    /// <param name="credentials">What the channel proves itself by; null: files are open to whoever knows their address.</param>
    /// <param name="place">Taken before the file is read.</param>
    public async ValueTask<FetchedFile> GetAsync(
        Channel channel,
        string address,
        AuthenticationHeaderValue? credentials,
        MediaPlace place,
        CancellationToken cancellationToken
    )
    {
        if (hosts.Find(channel, address) is not { } known)
            return FetchedFile.Missing("its address is none of the provider's");
        FetchedFile file = await AskAsync(channel, known, credentials, place, cancellationToken);
        return file.Elsewhere is { } elsewhere && hosts.Find(channel, elsewhere.AbsoluteUri) is { } next
            ? await AskAsync(channel, next, credentials, place, cancellationToken)
            : file;
    }

    private async ValueTask<FetchedFile> AskAsync(
        Channel channel,
        Uri address,
        AuthenticationHeaderValue? credentials,
        MediaPlace place,
        CancellationToken cancellationToken
    )
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Authorization = hosts.AskForCredentials || hosts.IsOfEndpoint(channel, address) ? credentials : null;
        return await provider.FetchAsync(request, place, cancellationToken);
    }
}
