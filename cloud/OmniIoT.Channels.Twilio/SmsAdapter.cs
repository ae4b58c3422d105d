using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Twilio;

/// <summary>Sends text messages by Twilio's REST API.</summary>
public sealed class SmsAdapter(ProviderClient provider, ChannelOptions options) : IChannelAdapter
{
    public string Type => ChannelKinds.Sms;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new(StringComparer.Ordinal)
        {
            ["To"] = IdentityForm.Of("phone", message.To.Value, channel.Region),
            ["From"] = channel.Require("from"),
            ["Body"] = message.Text,
        };
        if (options.AddressOf(channel.Id, WebhookCall.Status) is { } status)
            form["StatusCallback"] = status;
        using HttpRequestMessage request = TwilioAccount.Request(channel, HttpMethod.Post, "/Messages.json");
        request.Content = new FormUrlEncodedContent(form);
        return TwilioAccount.OutcomeOf(await provider.SendAsync(request, cancellationToken));
    }

    public ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken) =>
        TwilioAccount.TestAsync(provider, channel, cancellationToken);
}
