using System.Net.Http.Headers;
using System.Text;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Twilio;

/// <summary>Sends text messages by Twilio's REST API.</summary>
public sealed class SmsAdapter(ProviderClient provider, ChannelOptions options) : IChannelAdapter
{
    private const string PublicEndpoint = "https://api.twilio.com";
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
        using HttpRequestMessage request = Request(channel, HttpMethod.Post, "/Messages.json");
        request.Content = new FormUrlEncodedContent(form);
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        if (answer.IsSuccess)
            return new SendOutcome.Sent(answer.Json?["sid"]?.ToString());
        return answer.Failure is SendOutcome.Refused && answer.Json?["code"]?.ToString() is { } code
            ? new SendOutcome.Refused(TwilioErrors.NameOf(code))
            : answer.Failure;
    }

    /// <summary>Asks for the account.</summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, ".json");
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        return answer.IsSuccess ? null : answer.Why;
    }

    private static HttpRequestMessage Request(Channel channel, HttpMethod method, string what)
    {
        string account = channel.Require("accountSid");
        string address = $"{channel.Endpoint(PublicEndpoint)}/2010-04-01/Accounts/{Uri.EscapeDataString(account)}{what}";
        byte[] credentials = Encoding.UTF8.GetBytes($"{account}:{channel.Require("authToken")}");
        HttpRequestMessage request = new(method, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        return request;
    }
}
