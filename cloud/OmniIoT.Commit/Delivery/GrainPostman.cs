using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;

namespace OmniIoT.Commit.Delivery;

/// <summary>
/// Brings letters from grain to grain: a sighting of a tag to the customers who carry it. A tag that nobody carries concerns
/// nobody. A crash in between brings a letter twice, which changes nothing: a sighting is known by its time. The sightings of one
/// tag go in their order.
/// </summary>
public sealed class GrainPostman(
    IGrainMail mail,
    ICustomerQueries customers,
    ICatalog catalog,
    IGrains grains,
    DeliveryServices services
) : DeliveryLoop<GrainLetter>(services)
{
    /// <summary>The type of the identity that a tag is.</summary>
    public const string TagIdentity = "tag";

    protected override string Name => "letters between grains";

    protected override ValueTask<IReadOnlyList<GrainLetter>> PendingAsync(
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    ) => mail.PendingAsync(afterId, limit, cancellationToken);

    protected override string IdOf(GrainLetter row) => row.Id;

    protected override string TargetOf(GrainLetter row) => row.Content.Tag;

    protected override async ValueTask DeliverAsync(
        GrainLetter row,
        CancellationToken cancellationToken
    )
    {
        Identity tag = new(TagIdentity, row.Content.Tag);
        IReadOnlyList<string> holders = await customers.FindByIdentityAsync(
            tag.Type,
            tag.Value,
            cancellationToken
        );
        foreach (string customerId in catalog.Merges.BearersOf(tag, holders))
            await grains.Customer(customerId).TakeSightingAsync(row.Content);
    }

    protected override Effect Done(GrainLetter row) => new Told(row.Id);

    protected override DeadLetter DeadLetterOf(GrainLetter row, string id, string detail)
    {
        EntityId scanner = EntityId.Device(row.Content.ScannerId);
        return DeadLetter.Undelivered(
            id,
            Now,
            $"devices/{scanner.Key}/sightings",
            scanner,
            detail,
            JsonSerializer.SerializeToUtf8Bytes(row.Content, OmniJson.Options)
        );
    }
}
