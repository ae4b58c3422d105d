using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Customers;
using OmniIoT.Ports.Security;

namespace OmniIoT.Channels.Twilio;

/// <summary>Sends text messages by Twilio's REST API, with files by links that it fetches them by.</summary>
public sealed class SmsAdapter(ProviderClient provider, ChannelOptions options, FileLinks links) : IChannelAdapter
{
    public string Type => ChannelKinds.Sms;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        List<KeyValuePair<string, string>> form =
        [
            new("To", IdentityForm.Of("phone", message.To.Value, channel.Region)),
            new("From", channel.Require("from")),
            new("Body", message.Text),
        ];
        if (options.AddressOf(channel.Id, WebhookCall.Status) is { } status)
            form.Add(new("StatusCallback", status));
        foreach (Attachment file in message.Attachments)
        {
            if (options.AddressOfFile(await links.CreateAsync(file.Id, cancellationToken)) is not { } address)
                return new SendOutcome.Refused("noPublicAddress");
            form.Add(new("MediaUrl", address));
        }
        using HttpRequestMessage request = TwilioAccount.Request(channel, HttpMethod.Post, "/Messages.json");
        request.Content = new FormUrlEncodedContent(form);
        return TwilioAccount.OutcomeOf(await provider.SendAsync(request, cancellationToken));
    }

    public ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken) =>
        TwilioAccount.TestAsync(provider, channel, cancellationToken);
}
