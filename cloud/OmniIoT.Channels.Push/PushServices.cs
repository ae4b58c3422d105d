using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Push;

/// <summary>
/// The push services of the browsers there are. A page tells the address that it is to be reached at: any other would have the platform
/// call what strangers like.
/// </summary>
internal static class PushServices
{
    private static readonly ProviderHosts Hosts = new(
        "",
        "fcm.googleapis.com",
        "push.services.mozilla.com",
        "push.apple.com",
        "notify.windows.com"
    );

    /// <returns>Null: it is no address of a push service, nor of the channel's <c>endpoint</c>.</returns>
    public static Uri? Find(Channel channel, string endpoint) => Hosts.Find(channel, endpoint);
}
