using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Postgres;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>
/// What the effects of a commit rest on is locked before it is looked at, by name, so that a thing that is not there yet can be locked
/// as well; other processes whose commits rest on the same, or change it, wait until this one is durable.
/// </summary>
internal static class Preconditions
{
    /// <summary>In one order for all processes, so that they do not lock each other out.</summary>
    private const string LockAll = """
        SELECT pg_advisory_xact_lock(name) FROM (SELECT DISTINCT hashtextextended(name, 0) AS name
        FROM unnest($1::text[]) AS name ORDER BY 1) names
        """;

    /// <summary>Adds the statement that locks what the units rest on.</summary>
    /// <returns>Whether there is anything that must be looked at first.</returns>
    public static bool Lock(Pipeline batch, IReadOnlyList<CommitUnit> units)
    {
        string[] names = [.. units.SelectMany(unit => unit.Effects).Select(NameOf).OfType<string>().Distinct(StringComparer.Ordinal)];
        if (names.Length > 0)
            batch.Add(LockAll, [names], static _ => { });
        return names.Length > 0;
    }

    private static string? NameOf(Effect effect) =>
        effect switch
        {
            PutDocument put => $"document {EnumText<DocumentKind>.Of(put.Kind)} {put.Id}",
            DeleteDocument delete => $"document {EnumText<DocumentKind>.Of(delete.Kind)} {delete.Id}",
            PutMerge or RemoveMerge or EraseCustomer => "merges",
            SpendBudget spend => $"budget {spend.CampaignId}",
            Dequeue { IsClaim: true } claim => $"downlink {claim.DownlinkId}",
            BeginSending begin => $"outgoing {begin.MessageId}",
            PutOffer put => $"offer {put.Offer.Id}",
            RecordAudit => "audit",
            _ => null,
        };
}
