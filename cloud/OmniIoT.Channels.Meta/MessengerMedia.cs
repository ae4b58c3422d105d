using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>Gets files of Messenger by the signed addresses that its webhook tells.</summary>
public sealed class MessengerMedia(ProviderClient provider) : IMediaSource
{
    private readonly ProviderFiles _files = new(provider, new ProviderHosts(MetaAdapter.PublicEndpoint, "fbsbx.com", "fbcdn.net"));

    public string Type => ChannelKinds.Messenger;

    public ValueTask<FetchedFile> FetchAsync(Channel channel, string reference, MediaPlace place, CancellationToken cancellationToken) =>
        _files.GetAsync(channel, reference, credentials: null, place, cancellationToken);
}
