using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Twilio;

/// <summary>
/// Gets the pictures of text messages by the addresses that Twilio tells; the API sends on to where they lie
/// (twilio.com/docs/messaging/api/media-resource).
/// </summary>
public sealed class SmsMedia(ProviderClient provider) : IMediaSource
{
    private readonly ProviderFiles _files = new(provider, new ProviderHosts(TwilioAccount.PublicEndpoint, "twiliocdn.com"));

    public string Type => ChannelKinds.Sms;

    /// <summary>An answer with an error is the end of it (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).</summary>
    public bool IsToldAgain => false;

    public ValueTask<FetchedFile> FetchAsync(Channel channel, string reference, MediaPlace place, CancellationToken cancellationToken) =>
        _files.GetAsync(channel, reference, TwilioAccount.Credentials(channel), place, cancellationToken);
}
