using OmniIoT.Devices.Time;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Cluster;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Grains.Processes;

/// <inheritdoc cref="IClusterQueries"/>
internal sealed class ClusterQueries(IMembershipTable table, IGrainFactory grains, ILocalSiloDetails local, TimeProvider time)
    : IClusterQueries
{
    /// <summary>Who hangs is shown without figures.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public string Id => local.ClusterId;

    public async ValueTask<IReadOnlyList<ClusterProcess>> ProcessesAsync(CancellationToken cancellationToken)
    {
        MembershipTableData members = await table.ReadAllAsync(cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<Task<ClusterProcess>> looks = members
            .Members.Select(row => (Member: row.Item1, State: MemberStanding.StateOf(row.Item1, now)))
            .Where(row => row.State is not null)
            .Select(row => LookAsync(row.Member, row.State!.Value, cancellationToken));
        return
        [
            .. (await Task.WhenAll(looks)).OrderBy(process => process.Address, StringComparer.Ordinal).ThenBy(process => process.StartedAt),
        ];
    }

    private async Task<ClusterProcess> LookAsync(MembershipEntry member, ProcessState state, CancellationToken cancellationToken)
    {
        ProcessLoad? load = state is ProcessState.Active or ProcessState.Leaving ? await LoadAsync(member, cancellationToken) : null;
        return new ClusterProcess
        {
            Id = member.SiloAddress.ToParsableString(),
            Address = member.SiloAddress.Endpoint.ToString(),
            Version = load?.Version,
            State = state,
            StartedAt = Instant.FromTime(MemberStanding.StartedAt(member)),
            LostAt = MemberStanding.LostAt(member) is { } lostAt ? Instant.FromTime(lostAt) : null,
            Connections = load?.Connections ?? 0,
            Grains = load?.Grains ?? 0,
            MessagesPerSecond = load?.MessagesPerSecond ?? 0,
        };
    }

    private async Task<ProcessLoad?> LoadAsync(MembershipEntry member, CancellationToken cancellationToken)
    {
        try
        {
            return await grains
                .GetGrain<IProcessGrain>(member.SiloAddress.ToParsableString())
                .LoadAsync()
                .WaitAsync(Patience, time, cancellationToken);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
        {
            return null;
        }
    }
}
