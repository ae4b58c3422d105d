using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Live;

namespace OmniIoT.Systems.Webhooks;

/// <summary>What a webhook is sent.</summary>
internal static class WebhookBody
{
    /// <summary>
    /// <c>{"id","sequence","at","kind","customerId","deviceId","data":{…}}</c> in UTF-8: <c>id</c> is the delivery's, <c>data</c> what the
    /// event stream tells of the change.
    /// </summary>
    public static byte[] Of(ChangeDelivery delivery, Merges merges) =>
        OmniJson.Utf8(
            new JsonObject
            {
                ["id"] = delivery.Id,
                ["sequence"] = delivery.Sequence,
                ["at"] = delivery.At.ToString(),
                ["kind"] = delivery.Kind,
                ["customerId"] = merges.SurvivorOf(delivery.CustomerId),
                ["deviceId"] = delivery.DeviceId,
                ["data"] = JsonNode.Parse(merges.Naming(delivery.Json, delivery.CustomerId).Span),
            }
        );
}
