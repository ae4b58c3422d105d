using System.Text.Json;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What customers buy and bring back.</summary>
public sealed class PurchaseTests
{
    private static readonly Purchase Filters = new("o1", [new("f1", "Filter", 2, 9.5m), new("d1", "Descaler", 1, 4)], 23, "AZN", "nizami");

    private readonly CustomerBench _bench = new();

    [Fact]
    public void A_purchase_stands_on_the_timeline_with_all_that_was_bought()
    {
        TimelineEntry entry = Assert.Single(Add(Filters).OfType<AppendTimeline>()).Entry;

        Assert.Equal(("purchase.made", "Bought Filter × 2, Descaler for 23.00 AZN"), (entry.Kind, entry.Title));
        Assert.Equal("nizami", entry.Refs.SiteId);
        Assert.Equal((2, "o1"), (entry.Data["items"]!.AsArray().Count, (string?)entry.Data["orderId"]));
    }

    [Fact]
    public void The_same_order_again_is_the_same_entry_and_remembered_once_also_after_a_restart()
    {
        string first = Assert.Single(Add(Filters).OfType<AppendTimeline>()).Entry.Id;
        _bench.Restart();

        Assert.Equal(first, Assert.Single(Add(Filters).OfType<AppendTimeline>()).Entry.Id);
        Assert.Equal(["f1", "d1"], _bench.Grain.State.Facts.Purchases.Select(one => one.Sku));
    }

    [Fact]
    public void What_is_brought_back_was_not_bought()
    {
        Add(Filters);

        TimelineEntry entry = Assert
            .Single(Add(Filters with { Items = [Filters.Items[0]] }, isReturn: true).OfType<AppendTimeline>())
            .Entry;

        Assert.Equal("purchase.returned", entry.Kind);
        Assert.Equal(["d1"], Kept());
    }

    [Fact]
    public void What_was_brought_back_is_not_bought_by_telling_of_the_purchase_again()
    {
        Add(Filters);
        Add(Filters, isReturn: true);
        Add(Filters);
        _bench.Restart();
        Add(Filters);

        Assert.Empty(Kept());
    }

    [Fact]
    public void A_return_that_is_told_before_its_purchase_counts_as_well()
    {
        Add(Filters with { Items = [Filters.Items[0]] }, isReturn: true);
        Add(Filters);

        Assert.Equal(["d1"], Kept());
    }

    [Fact]
    public void No_more_is_remembered_than_audiences_need()
    {
        for (int i = 0; i < 150; i++)
            Add(Filters with { OrderId = "o" + i });

        Assert.Equal(200, _bench.Grain.State.Facts.Purchases.Count);
        Assert.Equal("o149", _bench.Grain.State.Facts.Purchases[^1].OrderId);
    }

    [Theory]
    [InlineData("""{"items":[{"sku":"a"}],"currency":"AZN"}""", "/orderId")]
    [InlineData("""{"orderId":"o","items":[],"currency":"AZN"}""", "/items")]
    [InlineData("""{"orderId":"o","items":[{"sku":"a"}]}""", "/currency")]
    [InlineData("""{"orderId":"o","items":[{"sku":"a"}],"currency":"manat"}""", "/currency")]
    [InlineData("""{"orderId":"o","items":[{"sku":"a","quantity":0}],"currency":"AZN"}""", "/items/0/quantity")]
    [InlineData("""{"orderId":"o","items":[{"name":"a"}],"currency":"AZN"}""", "/items/0/sku")]
    [InlineData("""{"orderId":"o","items":[{"sku":"a","price":-1}],"currency":"AZN"}""", "/items/0/price")]
    [InlineData("""{"orderId":"o","items":[{"sku":"a"}],"currency":"AZN","total":"1"}""", "/total")]
    [InlineData("""{"orderId":"o","items":[{"sku":"a"}],"currency":"AZN","cashier":"x"}""", "/cashier")]
    public void A_purchase_that_says_something_wrong_is_refused(string json, string pointer)
    {
        using JsonDocument document = JsonDocument.Parse(json);

        Assert.Contains(PurchaseReader.Read(document.RootElement).Mistakes, mistake => mistake.Pointer == pointer);
    }

    [Fact]
    public void What_is_not_said_of_a_purchase_is_reckoned()
    {
        using JsonDocument document = JsonDocument.Parse(
            """{"orderId":"o","items":[{"sku":"a","quantity":2,"price":1.5},{"sku":"b","price":1}],"currency":"AZN"}"""
        );

        Purchase purchase = PurchaseReader.Read(document.RootElement).Value!;

        Assert.Equal((4m, "a", 1m), (purchase.Total, purchase.Items[0].Name, purchase.Items[1].Quantity));
    }

    /// <summary>What an audience finds.</summary>
    private IEnumerable<string> Kept() =>
        _bench.Grain.State.Facts.Purchases.Where(one => new Bought(one.Sku, null, null).Is(one)).Select(one => one.Sku);

    private List<Effect> Add(Purchase purchase, bool isReturn = false) =>
        _bench.Do(1, (grain, decision) => grain.Handle(decision, new AddPurchase(purchase, isReturn, "api", "shop", null)));
}
