using System.Text.Json.Nodes;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Channels.Webhook;

/// <summary>Sends messages to any system by a signed call of <c>settings.url</c>.</summary>
public sealed class WebhookAdapter(ProviderClient provider) : IChannelAdapter
{
    public string Type => ChannelKinds.Webhook;

    public async ValueTask<SendOutcome> SendAsync(Channel channel, OutgoingMessage message, CancellationToken cancellationToken)
    {
        if (channel.Text("url") is not { } url)
            return new SendOutcome.Refused("The channel has no address to send to.");
        ProviderAnswer answer = await CallAsync(channel, url, WebhookForm.Write(message), cancellationToken);
        return answer.IsSuccess ? new SendOutcome.Sent(message.MessageId) : answer.Failure;
    }

    /// <summary>Calls the address with <c>{"test":true}</c>, signed as messages are.</summary>
    public async ValueTask<string?> TestAsync(Channel channel, CancellationToken cancellationToken)
    {
        if (channel.Text("url") is not { } url)
            return "The channel has no address to send to.";
        byte[] body = OmniJson.Utf8(new JsonObject { ["test"] = true });
        ProviderAnswer answer = await CallAsync(channel, url, body, cancellationToken);
        return answer.IsSuccess ? null : answer.Why;
    }

    private async ValueTask<ProviderAnswer> CallAsync(Channel channel, string url, byte[] body, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url);
        request.Content = JsonRequests.Body(body);
        request.Headers.Add(WebhookReader.SignatureHeader, Proof.Sha256Of(channel.Require("secret"), body));
        return await provider.SendAsync(request, cancellationToken);
    }
}
