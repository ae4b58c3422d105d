using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Outbound;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Systems;

namespace OmniIoT.Systems.Webhooks;

/// <summary>Calls the addresses of webhooks with changes, signed.</summary>
public sealed class WebhookReceiver(ICatalog catalog, DocumentSecrets secrets, SystemsClient client) : IChangeReceiver
{
    /// <summary>Of the body by the webhook's secret.</summary>
    private const string SignatureHeader = "X-OmniIoT-Signature";

    /// <summary>The delivery's id, the same however often it is sent.</summary>
    private const string DeliveryHeader = "X-OmniIoT-Delivery";

    public IReadOnlyList<ToldSystem> Systems =>
        [.. catalog.Webhooks.Values.Select(static one => new ToldSystem(SystemNames.Webhook(one.Id), one.Url))];

    public async ValueTask<DeliveryOutcome> DeliverAsync(ChangeDelivery delivery, CancellationToken cancellationToken)
    {
        if (catalog.Webhooks.Values.FirstOrDefault(one => SystemNames.Webhook(one.Id) == delivery.System) is not { } webhook)
            return new DeliveryOutcome(null, "There is no such webhook any more.", null);
        if (secrets.SecretOf(webhook) is not { } secret)
            return new DeliveryOutcome(null, "The secret was sealed with another key; write it anew.", null);
        ProviderAnswer answer = await CallAsync(webhook, secret, delivery, cancellationToken);
        return new DeliveryOutcome((int?)answer.Status, answer.IsSuccess ? null : answer.Why, answer.After);
    }

    private async ValueTask<ProviderAnswer> CallAsync(
        Webhook webhook,
        string secret,
        ChangeDelivery delivery,
        CancellationToken cancellationToken
    )
    {
        byte[] body = WebhookBody.Of(delivery, catalog.Merges);
        using HttpRequestMessage request = new(HttpMethod.Post, webhook.Url);
        request.Content = JsonRequests.Body(body);
        request.Headers.Add(SignatureHeader, Proof.Sha256Of(secret, body));
        request.Headers.Add(DeliveryHeader, delivery.Id);
        return await client.SendAsync(request, cancellationToken);
    }
}
