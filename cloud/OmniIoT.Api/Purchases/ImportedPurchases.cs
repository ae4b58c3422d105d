using OmniIoT.Domain.Customers.Purchases;

namespace OmniIoT.Api.Purchases;

/// <summary>What an import came to.</summary>
public sealed record ImportedPurchases
{
    /// <summary>Whether it was only tried: nothing was stored.</summary>
    public required bool DryRun { get; init; }

    /// <summary>Purchases and returns that are right; some of them may have been stored before.</summary>
    public required int Accepted { get; init; }

    /// <summary>Purchases and returns of which a line is wrong.</summary>
    public required int RefusedCount { get; init; }

    /// <summary>The first 100 mistakes, in the order of the file.</summary>
    public required IReadOnlyList<LineMistake> Mistakes { get; init; }
}

/// <param name="Line">Of the file; the first is 1.</param>
public sealed record LineMistake(int Line, string Message);

/// <summary>A line of the file, as it was read.</summary>
internal sealed record PurchaseLine(int Line, OrderName Order)
{
    public required PurchaseItem? Item { get; init; }

    public required string? At { get; init; }

    public required string? Currency { get; init; }

    public required string? SiteId { get; init; }
}

/// <summary>Lines that have the same are one purchase.</summary>
/// <param name="Who">Type and value of what names the customer, <c>id</c> for the id.</param>
internal sealed record OrderName(bool IsReturn, (string Type, string Value) Who, string OrderId);
