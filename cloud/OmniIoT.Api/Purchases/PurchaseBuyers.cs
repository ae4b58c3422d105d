using OmniIoT.Devices;
using OmniIoT.Domain.Customers;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Customers;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Purchases;

/// <summary>Finds who bought something by what a shop knows of them.</summary>
internal sealed class PurchaseBuyers(ICustomerQueries customers, ICatalog catalog)
{
    /// <param name="who">Type and value of what names the customer, <c>id</c> for the id.</param>
    /// <returns>The customer's id, or why there is none.</returns>
    public async ValueTask<(string? CustomerId, string? Why)> FindAsync(
        (string Type, string Value) who,
        CancellationToken cancellationToken
    )
    {
        if (who.Type == "id")
            return Identifier.IsValid(who.Value) && await customers.FindAsync(who.Value, cancellationToken) is not null
                ? (who.Value, null)
                : (null, $"There is no customer '{who.Value}'.");
        Identity identity = new(who.Type, who.Value);
        HashSet<string> holders = new(StringComparer.Ordinal);
        foreach (string spelling in IdentityForm.Spellings(identity, region: null))
            holders.UnionWith(await customers.FindByIdentityAsync(who.Type, spelling, cancellationToken));
        string[] persons = [.. catalog.Merges.BearersOf(identity, holders)];
        return persons switch
        {
            [var one] => (one, null),
            [] => (null, $"Nobody has the {who.Type} '{who.Value}'."),
            _ => (null, $"Several customers have the {who.Type} '{who.Value}'."),
        };
    }
}
