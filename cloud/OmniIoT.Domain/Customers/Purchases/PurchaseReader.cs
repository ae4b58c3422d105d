using System.Text.Json;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Customers.Purchases;

/// <summary>
/// Reads <c>{"orderId","items":[{"sku","name","quantity","price"}],"total","currency","siteId"}</c>; it is accepted, or refused whole with
/// every mistake. Without a name an item is called by its sku, without a quantity it is one, without a total the items are added up.
/// </summary>
public static class PurchaseReader
{
    public const int MaxItems = 500;

    private const int MaxLength = 200;
    private const double MaxAmount = 1_000_000_000;
    private const int CurrencyLength = 3;

    /// <param name="pointer">Of the object in its document.</param>
    public static DocumentReading<Purchase> Read(JsonElement data, string pointer = "")
    {
        List<FieldMistake> mistakes = [];
        Purchase? purchase = JsonFields.Of(data, pointer, mistakes) is { } fields ? Read(fields) : null;
        return purchase is null || mistakes.Count > 0 ? DocumentReading.Refused<Purchase>(mistakes) : DocumentReading.Of(purchase);
    }

    private static Purchase Read(JsonFields fields)
    {
        fields.RefuseOthers("orderId", "items", "total", "currency", "siteId");
        IReadOnlyList<JsonFields> entries = fields.Objects("items");
        if (entries.Count is 0 or > MaxItems)
            fields.Refuse("items", $"must have 1 to {MaxItems} items");
        IReadOnlyList<PurchaseItem> items = [.. entries.Take(MaxItems).Select(ReadItem)];
        string currency = fields.RequiredText("currency", MaxLength) ?? "";
        if (currency.Length > 0 && !(currency.Length == CurrencyLength && currency.All(char.IsAsciiLetterUpper)))
            fields.Refuse("currency", "must be a currency of ISO 4217 in three capital letters, such as AZN");
        return new Purchase(
            fields.RequiredText("orderId", MaxLength) ?? "",
            items,
            (decimal?)fields.Number("total", 0, MaxAmount) ?? items.Sum(static item => item.Quantity * item.Price),
            currency,
            fields.Text("siteId", MaxLength)
        );
    }

    private static PurchaseItem ReadItem(JsonFields entry)
    {
        entry.RefuseOthers("sku", "name", "quantity", "price");
        string sku = entry.RequiredText("sku", MaxLength) ?? "";
        return new PurchaseItem(
            sku,
            entry.Text("name", MaxLength) ?? sku,
            (decimal?)entry.NumberAbove("quantity", 0, MaxAmount) ?? 1,
            (decimal?)entry.Number("price", 0, MaxAmount) ?? 0
        );
    }
}
