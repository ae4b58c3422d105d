using System.Text.Json.Nodes;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Catalogs;

/// <summary>A beacon that is stored under another spelling of its id, or under several.</summary>
/// <param name="Id">The one form of its id.</param>
/// <param name="Kept">The document that holds; the one with that id when there is one.</param>
/// <param name="LeftOut">The others.</param>
internal sealed record BeaconSpellings(string Id, Document Kept, IReadOnlyList<Document> LeftOut)
{
    /// <summary>The beacons among these documents that are not stored once, under the one form of their id.</summary>
    public static List<BeaconSpellings> Among(IEnumerable<Document> beacons) =>
        [
            .. beacons
                .GroupBy(document => BeaconId.Canonical(document.Id), StringComparer.Ordinal)
                .Where(spelled => spelled.Any(document => document.Id != spelled.Key))
                .Select(spelled => Of(spelled.Key, [.. spelled.OrderBy(document => document.Id != spelled.Key)])),
        ];

    /// <summary>What stores the beacon once.</summary>
    public IEnumerable<Effect> Effects()
    {
        foreach (Document other in LeftOut)
            yield return new DeleteDocument(DocumentKind.Beacon, other.Id);
        if (Kept.Id == Id)
            yield break;
        yield return new DeleteDocument(DocumentKind.Beacon, Kept.Id);
        yield return new PutDocument(DocumentKind.Beacon, Id, Respelled().Json);
    }

    /// <summary>The document under the one form of the id.</summary>
    public Document Respelled() => Kept with { Id = Id, Json = WithId(Kept.Json) };

    private static BeaconSpellings Of(string id, Document[] spelled) => new(id, spelled[0], spelled[1..]);

    private byte[] WithId(byte[] json)
    {
        if (JsonNode.Parse(json) is not JsonObject beacon)
            return json;
        beacon["id"] = Id;
        return System.Text.Encoding.UTF8.GetBytes(beacon.ToJsonString());
    }
}
