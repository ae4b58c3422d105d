using System.Text.Json.Nodes;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Telegram;

/// <summary>A channel's bot as its API is called.</summary>
internal sealed class TelegramBot(ProviderClient provider, Channel channel)
{
    private const string PublicEndpoint = "https://api.telegram.org";

    public ValueTask<ProviderAnswer> CallAsync(string method, JsonObject body, CancellationToken cancellationToken) =>
        CallAsync(method, JsonRequests.Body(OmniJson.Utf8(body)), cancellationToken);

    public async ValueTask<ProviderAnswer> CallAsync(string method, HttpContent body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"{channel.Endpoint(PublicEndpoint)}/bot{Token}/{method}");
        request.Content = body;
        return await provider.SendAsync(request, cancellationToken);
    }

    /// <param name="path">As <c>getFile</c> tells it.</param>
    public string FileAddress(string path) =>
        $"{channel.Endpoint(PublicEndpoint)}/file/bot{Token}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}";

    private string Token => channel.Require("token");
}
