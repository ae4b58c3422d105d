using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Channels.Webhook;

/// <summary>The JSON by which a shop's system tells what was bought or brought back.</summary>
internal static class PurchaseForm
{
    private static readonly string[] Kinds = [TimelineKind.PurchaseMade, TimelineKind.PurchaseReturned];

    /// <summary>Reads <c>{"from":{"type","value","name"},"kind","at","data"}</c>; <c>data</c> is as on a timeline.</summary>
    public static DocumentReading<ToldPurchase> Read(Channel channel, JsonElement document)
    {
        List<FieldMistake> mistakes = [];
        JsonFields? fields = JsonFields.Of(document, "", mistakes);
        (Identity from, string? name) = WebhookForm.ReadFrom(channel, fields);
        string kind = fields?.Text("kind", Kinds.Max(static one => one.Length)) ?? TimelineKind.PurchaseMade;
        if (!Kinds.Contains(kind))
            fields!.RefuseAs("kind", MistakeKinds.Choice, ("choices", new JsonArray([.. Kinds.Select(static one => (JsonNode?)one)])));
        DocumentReading<Purchase> purchase = PurchaseReader.Read(fields?.Find("data") ?? default, "/data");
        Instant? at = fields?.Time("at");
        mistakes.AddRange(purchase.Mistakes);
        return mistakes.Count == 0 && purchase.Accepted
            ? DocumentReading.Of(new ToldPurchase(channel.Id, from, name, purchase.Value, kind == TimelineKind.PurchaseReturned, at))
            : DocumentReading.Refused<ToldPurchase>(mistakes);
    }
}
