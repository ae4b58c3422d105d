using System.Net.Http.Headers;
using System.Text;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Twilio;

/// <summary>Calls of Twilio's REST API on behalf of a channel's account.</summary>
internal static class TwilioAccount
{
    public const string PublicEndpoint = "https://api.twilio.com";

    /// <param name="what">Of the account, such as <c>/Messages.json</c>.</param>
    public static HttpRequestMessage Request(Channel channel, HttpMethod method, string what)
    {
        string account = channel.Require("accountSid");
        string address = $"{channel.Endpoint(PublicEndpoint)}/2010-04-01/Accounts/{Uri.EscapeDataString(account)}{what}";
        HttpRequestMessage request = new(method, address);
        request.Headers.Authorization = Credentials(channel);
        return request;
    }

    public static AuthenticationHeaderValue Credentials(Channel channel)
    {
        byte[] credentials = Encoding.UTF8.GetBytes($"{channel.Require("accountSid")}:{channel.Require("authToken")}");
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
    }

    public static SendOutcome OutcomeOf(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
            return new SendOutcome.Sent(answer.Json?["sid"]?.ToString());
        return answer.Failure is SendOutcome.Refused && answer.Json?["code"]?.ToString() is { } code
            ? new SendOutcome.Refused(TwilioErrors.NameOf(code))
            : answer.Failure;
    }

    /// <summary>Asks for the account.</summary>
    public static async ValueTask<string?> TestAsync(ProviderClient provider, Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, ".json");
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        return answer.IsSuccess ? null : answer.Why;
    }
}
