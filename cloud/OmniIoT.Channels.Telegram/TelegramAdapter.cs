using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Telegram;

/// <summary>Sends by Telegram's Bot API.</summary>
public sealed class TelegramAdapter(ProviderClient provider) : IChannelAdapter
{
    private const string PublicEndpoint = "https://api.telegram.org";

    // Of a day; nobody waits longer.
    private const int MostSeconds = 86_400;

    public string Type => ChannelKinds.Telegram;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        JsonObject body = new() { ["chat_id"] = ChatOf(message.To.Value), ["text"] = message.Text };
        ProviderAnswer answer = await CallAsync(channel, "sendMessage", body, cancellationToken);
        JsonElement json = JsonSerializer.SerializeToElement(answer.Json);
        if (!answer.IsSuccess)
            return OutcomeOf(answer, json);
        return new SendOutcome.Sent(json.TextAt("result", "message_id") is { } id ? TelegramReader.NameOf(message.To.Value, id) : null);
    }

    /// <summary>Asks the bot who it is.</summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await CallAsync(channel, "getMe", [], cancellationToken);
        return answer.IsSuccess ? null : answer.Why;
    }

    private static SendOutcome OutcomeOf(ProviderAnswer answer, JsonElement json) =>
        answer.Status switch
        {
            // "Forbidden: bot was blocked by the user", or the account is no more.
            HttpStatusCode.Forbidden => new SendOutcome.Refused("bounced"),
            HttpStatusCode.TooManyRequests when json.WholeAt("parameters", "retry_after") is > 0 and < MostSeconds and { } seconds =>
                new SendOutcome.NotNow(answer.Why, TimeSpan.FromSeconds(seconds)),
            _ => answer.Failure,
        };

    private async ValueTask<ProviderAnswer> CallAsync(Channel channel, string method, JsonObject body, CancellationToken cancellationToken)
    {
        string address = $"{channel.Endpoint(PublicEndpoint)}/bot{channel.Require("token")}/{method}";
        using HttpRequestMessage request = new(HttpMethod.Post, address);
        request.Content = JsonRequests.Body(OmniJson.Utf8(body));
        return await provider.SendAsync(request, cancellationToken);
    }

    /// <summary>A number; the name of a public chat else.</summary>
    private static JsonNode ChatOf(string identity) => long.TryParse(identity, out long number) ? number : identity;
}
