using OmniIoT.Api.Documents;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;

namespace OmniIoT.Api.Purchases;

/// <summary>Takes the purchases of one file: each whole or not at all, and each once, however often the file comes.</summary>
internal sealed class PurchaseImport(PurchaseBuyers buyers, DocumentStore documents, IGrains grains)
{
    private const int MostMistakes = 100;
    private const int AtOnce = 32;
    private const int CurrencyLength = 3;

    private readonly SortedList<(int Line, int Nth), string> _mistakes = [];
    private readonly HashSet<int> _wrongLines = [];
    private readonly Dictionary<(string, string), (string? CustomerId, string? Why)> _buyers = [];
    private readonly Dictionary<string, bool> _sites = new(StringComparer.Ordinal);

    public async Task<ImportedPurchases> RunAsync(Stream body, bool dryRun, string actor, CancellationToken cancellationToken)
    {
        PurchaseFile file = new(Refuse);
        IReadOnlyList<PurchaseLine> lines = await file.ReadAsync(body, cancellationToken);
        List<(string CustomerId, AddPurchase Purchase)> right = [];
        int refused = 0;
        foreach (IGrouping<OrderName, PurchaseLine> order in lines.GroupBy(static line => line.Order))
        {
            (string, AddPurchase)? read = await ReadAsync(order.Key, [.. order], actor, cancellationToken);
            if (read is { } whole && !file.Spoilt.Contains(order.Key.OrderId))
                right.Add(whole);
            else
                refused++;
        }
        if (!dryRun)
            await Parallel.ForEachAsync(
                right,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (one, _) => await grains.Customer(one.CustomerId).AddPurchaseAsync(one.Purchase)
            );
        return new ImportedPurchases
        {
            DryRun = dryRun,
            Accepted = right.Count,
            RefusedCount = refused,
            Mistakes = [.. _mistakes.Take(MostMistakes).Select(static mistake => new LineMistake(mistake.Key.Line, mistake.Value))],
        };
    }

    private async ValueTask<(string, AddPurchase)?> ReadAsync(
        OrderName order,
        PurchaseLine[] lines,
        string actor,
        CancellationToken cancellationToken
    )
    {
        PurchaseLine first = lines[0];
        string? customer = await BuyerOfAsync(order, first.Line, cancellationToken);
        Instant at = default;
        if (first.At is { } text && !Instant.TryParse(text, out at))
            Refuse(first.Line, "at must be a time of ISO 8601, such as 2026-05-03T14:30:00Z.");
        string currency = first.Currency ?? "";
        if (!(currency.Length == CurrencyLength && currency.All(char.IsAsciiLetterUpper)))
            Refuse(first.Line, "currency must be one of ISO 4217 in three capital letters, such as AZN.");
        if (first.SiteId is { } site && !await IsSiteAsync(site, cancellationToken))
            Refuse(first.Line, $"There is no site '{site}'.");
        foreach (
            PurchaseLine other in lines.Where(line => (line.Currency, line.SiteId, line.At) != (first.Currency, first.SiteId, first.At))
        )
            Refuse(other.Line, $"currency, siteId and at must be those of line {first.Line}: it is the same order.");
        if (lines.Length > PurchaseReader.MaxItems)
            Refuse(first.Line, $"An order has at most {PurchaseReader.MaxItems} items.");
        if (customer is null || lines.Any(line => _wrongLines.Contains(line.Line)))
            return null;
        PurchaseItem[] items = [.. lines.Select(static line => line.Item!)];
        Purchase purchase = new(order.OrderId, items, items.Sum(static item => item.Quantity * item.Price), currency, first.SiteId);
        return (customer, new AddPurchase(purchase, order.IsReturn, actor, "import", first.At is null ? null : at));
    }

    private async ValueTask<string?> BuyerOfAsync(OrderName order, int line, CancellationToken cancellationToken)
    {
        if (!_buyers.TryGetValue(order.Who, out (string? CustomerId, string? Why) buyer))
            _buyers[order.Who] = buyer = await buyers.FindAsync(order.Who, cancellationToken);
        if (buyer.Why is { } why)
            Refuse(line, why);
        return buyer.CustomerId;
    }

    private async ValueTask<bool> IsSiteAsync(string site, CancellationToken cancellationToken)
    {
        if (!_sites.TryGetValue(site, out bool isThere))
            _sites[site] = isThere = Identifier.IsValid(site) && await documents.ExistsAsync(DocumentKind.Site, site, cancellationToken);
        return isThere;
    }

    private void Refuse(int line, string message)
    {
        _wrongLines.Add(line);
        _mistakes.Add((line, _mistakes.Count), message);
    }
}
