using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Twilio;

/// <summary>Makes calls by Twilio's REST API; what is heard is the message's text, which is TwiML.</summary>
public sealed class VoiceAdapter(ProviderClient provider, ChannelOptions options) : IChannelAdapter
{
    public string Type => ChannelKinds.Voice;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["To"] = message.To.Value,
            ["From"] = channel.Require("from"),
            ["Twiml"] = message.Text,
        };
        if (options.AddressOf(channel.Id, WebhookCall.VoiceStatus) is { } status)
            form["StatusCallback"] = status;
        using HttpRequestMessage request = TwilioAccount.Request(channel, HttpMethod.Post, "/Calls.json");
        request.Content = new FormUrlEncodedContent(form);
        return TwilioAccount.OutcomeOf(await provider.SendAsync(request, cancellationToken));
    }

    public ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken) =>
        TwilioAccount.TestAsync(provider, channel, cancellationToken);
}
