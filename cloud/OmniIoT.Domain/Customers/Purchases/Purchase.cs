using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Customers.Purchases;

/// <summary>What a customer bought, or brought back, at once.</summary>
/// <param name="OrderId">The shop's name for it: said again it changes nothing.</param>
/// <param name="Currency">ISO 4217, such as <c>AZN</c>.</param>
/// <param name="SiteId">Where; null: online, or not known.</param>
public sealed record Purchase(string OrderId, IReadOnlyList<PurchaseItem> Items, decimal Total, string Currency, string? SiteId);

/// <param name="Quantity">Above zero, in the unit that it is sold in.</param>
/// <param name="Price">Of one.</param>
public sealed record PurchaseItem(string Sku, string Name, decimal Quantity, decimal Price);

/// <summary>What is remembered of a thing that was bought.</summary>
public sealed record PastPurchase(string OrderId, string Sku, string? SiteId, Instant At)
{
    /// <summary>Whether it was brought back.</summary>
    public bool IsReturned { get; init; }

    /// <summary>Whether it is the same thing of the same order.</summary>
    public bool IsSame(PastPurchase other) => OrderId == other.OrderId && Sku == other.Sku;
}
