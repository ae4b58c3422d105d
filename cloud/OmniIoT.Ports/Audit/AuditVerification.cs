using OmniIoT.Domain.Audit;

namespace OmniIoT.Ports.Audit;

/// <summary>What came of looking through the trail.</summary>
/// <param name="Last">The last link that fits.</param>
/// <param name="Fault">Null: all fit.</param>
public sealed record AuditVerdict(ChainHead Last, ChainFault? Fault);

public static class AuditVerification
{
    /// <summary>Of values of <see cref="AuditChain.MaximumValueBytes"/> each, 25 MB.</summary>
    private const int LinksAtOnce = 200;

    /// <summary>
    /// Looks whether the trail is whole. May go on beside whoever adds to it: what came meanwhile is looked at as well, because it may say
    /// why something is missing.
    /// </summary>
    public static async Task<AuditVerdict> VerifyAsync(this IAuditTrail trail, CancellationToken cancellationToken)
    {
        ChainCheck check = new(await trail.HeadAsync(cancellationToken));
        IReadOnlyList<ChainLink> links;
        do
        {
            links = await trail.AfterAsync(check.Last.Sequence, LinksAtOnce, cancellationToken);
            foreach (ChainLink link in links)
            {
                if (check.Take(link) is { } fault)
                    return new AuditVerdict(check.Last, fault);
            }
        } while (links.Count > 0);
        return new AuditVerdict(check.Last, check.End());
    }
}
