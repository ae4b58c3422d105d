using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

// What the customer bought and brought back.
public sealed partial class CustomerDecider
{
    /// <summary>What audiences can ask for; what was bought long ago, behind so much else, is on the timeline only.</summary>
    private const int MostPurchases = 200;

    private const int NamedItems = 5;

    /// <summary>The same order again changes nothing, and is answered as it was told first.</summary>
    public Reply<TimelineEntry> Handle(Decision decision, AddPurchase request)
    {
        Purchase purchase = request.Purchase;
        Instant at = request.At is { } told && told < decision.Moment.Now ? told : decision.Moment.Now;
        string id = IdOf(request);
        TimelineEntry entry = decision.Moment.Entry(
            new Happening(
                request.IsReturn ? TimelineKind.PurchaseReturned : TimelineKind.PurchaseMade,
                request.Actor,
                Sentence.Of(
                    request.IsReturn ? SentenceKinds.PurchaseReturned : SentenceKinds.PurchaseMade,
                    ("items", ItemsOf(purchase)),
                    ("total", purchase.Total.ToString("0.00", CultureInfo.InvariantCulture)),
                    ("currency", purchase.Currency)
                )
            )
            {
                Id = id,
                CustomerId = Id,
                At = at,
                Channel = request.Channel,
                Direction = request.IsReturn ? TimelineDirection.Out : TimelineDirection.In,
                Refs = new TimelineRefs { SiteId = purchase.SiteId },
                Data = JsonSerializer.SerializeToNode(purchase, OmniJson.Options)!.AsObject(),
            }
        );
        decision.Emit(new AppendTimeline(entry));
        PastPurchase[] things =
        [
            .. purchase.Items.Select(item => new PastPurchase(purchase.OrderId, item.Sku, purchase.SiteId, at)
            {
                IsReturned = request.IsReturn,
            }),
        ];
        state.Facts = state.Facts with { Purchases = [.. Remembered(state.Facts.Purchases, things).TakeLast(MostPurchases)] };
        return entry;
    }

    /// <summary>
    /// What was brought back is remembered as such, whichever of the two was told first: a shop that tells of the purchase once more does
    /// not sell it again.
    /// </summary>
    private static IEnumerable<PastPurchase> Remembered(IReadOnlyList<PastPurchase> known, PastPurchase[] told) =>
        known
            .Select(one => one with { IsReturned = one.IsReturned || told.Any(other => other.IsReturned && other.IsSame(one)) })
            .Concat(told.Where(one => !known.Any(one.IsSame)));

    private string IdOf(AddPurchase request)
    {
        string what = request.IsReturn ? JsonSerializer.Serialize(request.Purchase.Items, OmniJson.Options) : "";
        return "purchase-" + DigestOf($"{Id}\n{request.IsReturn}\n{request.Purchase.OrderId}\n{what}");
    }

    /// <summary>An entry's name made of what makes it the same, so that it stands once on the timeline however often it is told.</summary>
    private static string DigestOf(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));

    private static JsonArray ItemsOf(Purchase purchase)
    {
        IEnumerable<string> named = purchase
            .Items.Take(NamedItems)
            .Select(static item =>
                item.Quantity == 1 ? item.Name : $"{item.Name} × {item.Quantity.ToString("0.###", CultureInfo.InvariantCulture)}"
            );
        return [.. named.Concat(purchase.Items.Count > NamedItems ? ["…"] : []).Select(static name => (JsonNode?)name)];
    }
}
