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
    private const string PublicEndpoint = "https://graph.facebook.com";
    private const string UsualVersion = "v23.0";

    public abstract string Type { get; }

    /// <summary>The setting that names the account: the number or the page.</summary>
    private protected abstract string Account { get; }

    private protected abstract JsonObject BodyOf(Channel channel, OutgoingMessage message);

    /// <summary>The provider's name for what it took.</summary>
    private protected abstract string? IdIn(JsonElement answer);

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Post, "/messages");
        request.Content = JsonRequests.Body(OmniJson.Utf8(BodyOf(channel, message)));
        ProviderAnswer answer = await provider.SendAsync(request, cancellationToken);
        JsonElement json = JsonSerializer.SerializeToElement(answer.Json);
        return answer.IsSuccess ? new SendOutcome.Sent(IdIn(json)) : OutcomeOf(answer, json.At("error") ?? default);
    }

    /// <summary>Asks for the account.</summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = Request(channel, HttpMethod.Get, "");
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

    private static SendOutcome OutcomeOf(ProviderAnswer answer, JsonElement error)
    {
        if (answer.Failure is not SendOutcome.Refused || error.ValueKind is not JsonValueKind.Object)
            return answer.Failure;
        return MetaErrors.IsForNow(error)
            ? new SendOutcome.NotNow(answer.Why, answer.After)
            : new SendOutcome.Refused(MetaErrors.NameOf(error));
    }

    private HttpRequestMessage Request(Channel channel, HttpMethod method, string what)
    {
        string account = Uri.EscapeDataString(channel.Require(Account));
        string version = channel.Text("version") ?? UsualVersion;
        HttpRequestMessage request = new(method, $"{channel.Endpoint(PublicEndpoint)}/{version}/{account}{what}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", channel.Require("accessToken"));
        return request;
    }
}
