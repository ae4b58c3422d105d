using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Systems.Tickets;

/// <summary>Calls a help desk: JSON both ways, signed in by name and password.</summary>
/// <param name="signIn">What stands before and behind the colon.</param>
public sealed class HelpDeskClient(SystemsClient client, Func<Integration, string> signIn)
{
    /// <summary>Null: what is asked for is not there.</summary>
    /// <exception cref="TicketSystemException">It answers otherwise, or not at all.</exception>
    public async ValueTask<JsonNode?> GetAsync(Integration integration, string path, CancellationToken cancellationToken)
    {
        ProviderAnswer answer = await SendAsync(integration, HttpMethod.Get, path, null, null, cancellationToken);
        return answer.Status is HttpStatusCode.NotFound ? null : Read(answer);
    }

    /// <inheritdoc cref="GetAsync"/>
    /// <param name="key">The same call again is known by it; null: it is not.</param>
    public async ValueTask<JsonNode> SendAsync(
        Integration integration,
        HttpMethod method,
        string path,
        JsonObject body,
        CancellationToken cancellationToken,
        string? key = null
    ) => Read(await SendAsync(integration, method, path, body, key, cancellationToken));

    private async ValueTask<ProviderAnswer> SendAsync(
        Integration integration,
        HttpMethod method,
        string path,
        JsonObject? body,
        string? key,
        CancellationToken cancellationToken
    )
    {
        using HttpRequestMessage request = new(method, integration.Endpoint + path);
        string basic = Convert.ToBase64String(Encoding.UTF8.GetBytes(signIn(integration)));
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", basic);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        if (body is not null)
            request.Content = JsonRequests.Body(OmniJson.Utf8(body));
        return await client.SendAsync(request, cancellationToken);
    }

    private static JsonNode Read(ProviderAnswer answer)
    {
        if (!answer.IsSuccess || answer.IsCut)
            throw new TicketSystemException(answer);
        try
        {
            return JsonNode.Parse(answer.Text) ?? throw new TicketSystemException(answer);
        }
        catch (JsonException)
        {
            throw new TicketSystemException(answer);
        }
    }
}
