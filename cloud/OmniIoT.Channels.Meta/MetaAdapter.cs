using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Meta;

/// <summary>What sending by WhatsApp and by Messenger share: Meta's Graph API.</summary>
public abstract class MetaAdapter(ProviderClient provider) : IChannelAdapter
{
    internal const string PublicEndpoint = "https://graph.facebook.com";
    private const string UsualVersion = "v23.0";

    public abstract string Type { get; }

    /// <summary>The setting that names the account: the number or the page.</summary>
    private protected abstract string Account { get; }

    /// <summary>The provider's name for what it took.</summary>
    private protected abstract string? IdIn(JsonElement answer);

    public abstract ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken);

    /// <summary>Hands over a message in the account's own form.</summary>
    private protected ValueTask<SendOutcome> PostAsync(Channel channel, JsonObject body, CancellationToken cancellationToken) =>
        PostAsync(channel, JsonRequests.Body(OmniJson.Utf8(body)), cancellationToken);

    private protected async ValueTask<SendOutcome> PostAsync(Channel channel, HttpContent body, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await CallAsync(channel, "messages", body, cancellationToken);
        return answer.IsSuccess ? new SendOutcome.Sent(IdIn(JsonOf(answer))) : OutcomeOf(answer);
    }

    /// <summary>Calls something of the account's.</summary>
    private protected async ValueTask<ProviderAnswer> CallAsync(
        Channel channel,
        string what,
        HttpContent body,
        CancellationToken cancellationToken
    )
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Post, $"{PathOf(channel)}/{what}");
        request.Content = body;
        return await provider.SendAsync(request, cancellationToken);
    }

    /// <summary>Asks for the account.</summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, PathOf(channel));
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        return answer.IsSuccess ? null : answer.Why;
    }

    /// <summary>A template in the form that both channels take.</summary>
    private protected static JsonObject JsonOf(MessageTemplate template) =>
        new()
        {
            ["name"] = template.Name,
            ["language"] = new JsonObject { ["code"] = template.Language },
            ["components"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "body",
                    ["parameters"] = new JsonArray([
                        .. template.Parameters.Select(text => (JsonNode)new JsonObject { ["type"] = "text", ["text"] = text }),
                    ]),
                }
            ),
        };

    private protected static JsonElement JsonOf(ProviderAnswer answer) => JsonSerializer.SerializeToElement(answer.Json);

    private protected static SendOutcome OutcomeOf(ProviderAnswer answer)
    {
        if (answer.Failure is not SendOutcome.Refused || JsonOf(answer).At("error") is not { ValueKind: JsonValueKind.Object } error)
            return answer.Failure;
        return MetaErrors.IsForNow(error)
            ? new SendOutcome.NotNow(answer.Why, answer.After)
            : new SendOutcome.Refused(MetaErrors.NameOf(error));
    }

    /// <param name="what">Of the Graph API, without a slash before it.</param>
    internal static HttpRequestMessage Request(Channel channel, HttpMethod method, string what)
    {
        string version = channel.Text("version") ?? UsualVersion;
        HttpRequestMessage request = new(method, $"{channel.Endpoint(PublicEndpoint)}/{version}/{what}");
        request.Headers.Authorization = Credentials(channel);
        return request;
    }

    internal static AuthenticationHeaderValue Credentials(Channel channel) => new("Bearer", channel.Require("accessToken"));

    private string PathOf(Channel channel) => Uri.EscapeDataString(channel.Require(Account));
}
