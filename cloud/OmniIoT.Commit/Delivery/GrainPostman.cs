using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Brings letters from grain to grain: a sighting of a tag to the customers who carry it. A tag that nobody carries concerns
/// nobody. A crash in between brings a letter twice, which changes nothing: a sighting is known by its time.
/// </summary>
public sealed class GrainPostman(
    IGrainMail mail, ICustomerQueries customers, ICatalog catalog, IGrains grains, Committer committer, TimeProvider time, ILogger<GrainPostman> logger)
    : DeliveryLoop(committer, time, logger)
{
    /// <summary>The type of the identity that a tag is.</summary>
    public const string TagIdentity = "tag";

    protected override async Task<int> DeliverAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<GrainLetter> letters = await mail.PendingAsync(null, AtOnce, cancellationToken);
        if (letters.Count == 0) return 0;
        CommitUnit done = new();
        foreach (GrainLetter letter in letters)
        {
            Identity tag = new(TagIdentity, letter.Content.Tag);
            IReadOnlyList<string> holders = await customers.FindByIdentityAsync(tag.Type, tag.Value, cancellationToken);
            foreach (string customerId in catalog.Merges.BearersOf(tag, holders))
                await grains.Customer(customerId).TakeSightingAsync(letter.Content);
            done.Effects.Add(new Told(letter.Id));
        }
        await Commits.CommitAsync(done);
        return letters.Count;
    }
}
