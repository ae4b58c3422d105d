using System.Text.Json;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>
/// Gets files of WhatsApp: the Graph API tells where one lies for the next minutes
/// (developers.facebook.com/docs/whatsapp/cloud-api/reference/media).
/// </summary>
public sealed class WhatsAppMedia(ProviderClient provider) : IMediaSource
{
    private readonly ProviderFiles _files = new(
        provider,
        new ProviderHosts(MetaAdapter.PublicEndpoint, "fbsbx.com", "fbcdn.net") { AskForCredentials = true }
    );

    public string Type => ChannelKinds.WhatsApp;

    public async ValueTask<FetchedFile> FetchAsync(Channel channel, string reference, MediaPlace place, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = MetaAdapter.Request(channel, HttpMethod.Get, Uri.EscapeDataString(reference));
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        if (!answer.IsSuccess)
            return FetchedFile.Missing(answer.Why);
        return JsonSerializer.SerializeToElement(answer.Json).TextAt("url") is { } address
            ? await _files.GetAsync(channel, address, MetaAdapter.Credentials(channel), place, cancellationToken)
            : FetchedFile.Missing("the provider does not say where it lies");
    }
}
