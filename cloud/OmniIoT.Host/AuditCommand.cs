using OmniIoT.Ports.Audit;
using OmniIoT.Storage.Postgres;
using OmniIoT.Storage.Sqlite;

namespace OmniIoT.Host;

/// <summary>The command <c>audit verify</c>: looks whether the trail is as it was written, also beside a host that runs.</summary>
internal static class AuditCommand
{
    private const int Whole = 0;
    private const int Broken = 1;

    public static async Task<int> VerifyAsync(HostSettings settings, CancellationToken cancellationToken)
    {
        if (settings.Cluster is { } cluster)
        {
            using PostgresAuditTrail shared = new(cluster.Postgres);
            return Tell(await shared.VerifyAsync(cancellationToken));
        }
        using SqliteAuditTrail own = SqliteAuditTrail.Open(settings.DataDirectory);
        return Tell(await own.VerifyAsync(cancellationToken));
    }

    private static int Tell(AuditVerdict verdict)
    {
        if (verdict.Fault is { } fault)
        {
            Console.WriteLine(
                fault.Id is { } id
                    ? $"The audit trail does not hold at entry {id}: {fault.Reason}."
                    : $"The audit trail does not hold: {fault.Reason}."
            );
            return Broken;
        }
        Console.WriteLine(
            $"The audit trail is whole: {verdict.Last.Sequence} entries, the last with the hash {Convert.ToHexStringLower(verdict.Last.Hash)}."
        );
        return Whole;
    }
}
