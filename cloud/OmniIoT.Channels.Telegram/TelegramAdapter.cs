using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Telegram;

/// <summary>Sends by Telegram's Bot API.</summary>
public sealed class TelegramAdapter(ProviderClient provider, IAttachmentStore attachments) : IChannelAdapter
{
    // Of a day; nobody waits longer.
    private const int MostSeconds = 86_400;

    public string Type => ChannelKinds.Telegram;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        TelegramBot bot = new(provider, channel);
        ProviderAnswer answer;
        if (message.Attachments.Count == 0)
        {
            JsonObject body = new() { ["chat_id"] = ChatOf(message.To.Value), ["text"] = message.Text };
            answer = await bot.CallAsync("sendMessage", body, cancellationToken);
        }
        else
        {
            (string method, HttpContent body) = TelegramFiles.Of(
                message.To.Value,
                message.Text,
                await attachments.ReadAllAsync(message.Attachments, cancellationToken)
            );
            answer = await bot.CallAsync(method, body, cancellationToken);
        }
        JsonElement json = JsonSerializer.SerializeToElement(answer.Json);
        if (!answer.IsSuccess)
            return OutcomeOf(answer, json);
        // Of a group the first.
        JsonElement sent = json.ItemsAt("result").Append(json.At("result") ?? default).First();
        return new SendOutcome.Sent(sent.TextAt("message_id") is { } id ? TelegramReader.NameOf(message.To.Value, id) : null);
    }

    /// <summary>Asks the bot who it is.</summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await new TelegramBot(provider, channel).CallAsync("getMe", [], cancellationToken);
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

    /// <summary>A number; the name of a public chat else.</summary>
    private static JsonNode ChatOf(string identity) => long.TryParse(identity, out long number) ? number : identity;
}
