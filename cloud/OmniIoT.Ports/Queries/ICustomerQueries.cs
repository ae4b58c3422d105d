using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;

namespace OmniIoT.Ports.Queries;

/// <summary>
/// Wherever a customer is named here and in the filters, the whole person is meant: an id that was merged away stands for its
/// survivor, and a survivor's lists have what belongs to each. Records come as written, each with the id that it belongs to.
/// </summary>
public interface ICustomerQueries
{
    /// <summary>Who answers for the id: the customer, or the survivor that it was merged into.</summary>
    ValueTask<Customer?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The merge that made a customer answer with another; null when there is none.</summary>
    ValueTask<Merge?> FindMergeAsync(string id, CancellationToken cancellationToken);

    /// <summary>The merges of others into a customer itself, by id; not those into them in turn.</summary>
    ValueTask<IReadOnlyList<Merge>> MergesIntoAsync(string id, CancellationToken cancellationToken);

    /// <summary>All merges, by id.</summary>
    ValueTask<IReadOnlyList<Merge>> MergesAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Ids of the customers that have the identity (e-mail addresses without case, phone numbers with their country however written,
    /// others exactly), by id; each that has it, though they be one person.
    /// </summary>
    ValueTask<IReadOnlyList<string>> FindByIdentityAsync(string type, string value, CancellationToken cancellationToken);

    /// <summary>
    /// Those who were not merged away, by id. Each word of <paramref name="text"/> is a part of one in the id, the name or an identity, of
    /// the customer or of one who was merged into them; a telephone number is found by any notation and by its last digits.
    /// </summary>
    /// <param name="within">Only who lies within; null does not restrict.</param>
    ValueTask<Page<Customer>> ListAsync(string? text, PageRequest page, CancellationToken cancellationToken, Bounds? within = null);

    /// <summary>Names of the customers with these ids, by the id that was asked for; who has none, or is not there, is missing.</summary>
    /// <param name="ids">At most <see cref="PageRequest.MaximumLimit"/>.</param>
    ValueTask<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<Visit>> VisitsAsync(string customerId, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Visits that have not ended, over all customers, by entry.</summary>
    ValueTask<Page<PresentVisit>> PresentAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<Offer>> OffersAsync(string customerId, PageRequest page, CancellationToken cancellationToken);

    ValueTask<Offer?> FindOfferAsync(string offerId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    ValueTask<Page<RecordedDecision>> DecisionsAsync(string customerId, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>A customer who is in a place now.</summary>
public sealed record PresentVisit(string CustomerId, string? Name, Visit Visit);
