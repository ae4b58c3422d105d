using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Coordination;

/// <summary>Finds whose a purchase is, as <see cref="Inbox"/> does of words, and hands it to their grain.</summary>
public sealed class ShopPurchases(IGrains grains, Senders senders, IDocumentQueries documents) : IPurchases
{
    public async ValueTask<FieldMistake?> TakeAsync(ToldPurchase told, CancellationToken cancellationToken)
    {
        if (told.Purchase.SiteId is { } site && await documents.FindAsync(DocumentKind.Site, site, cancellationToken) is null)
            return new FieldMistake("/data/siteId", $"There is no site '{site}'.");
        string customerId = await senders.FindOrCreateAsync(told.Channel, told.From, told.Name, cancellationToken);
        AddPurchase request = new(told.Purchase, told.IsReturn, EntityId.Customer(customerId).ToString(), told.Channel, told.At);
        if ((await grains.Customer(customerId).AddPurchaseAsync(request)).Rejection is { } refused)
            throw new InvalidOperationException($"The purchase was not taken: {refused.Message}");
        return null;
    }
}
