using OmniIoT.Ports.Cluster;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Grains.Processes;

/// <summary>What a row of the table of processes says to people.</summary>
internal static class MemberStanding
{
    /// <summary>By contract.</summary>
    public static readonly TimeSpan LostAreShown = TimeSpan.FromMinutes(10);

    /// <summary>Null: it left, or was lost ten minutes ago or more.</summary>
    public static ProcessState? StateOf(MembershipEntry member, DateTimeOffset now) =>
        now - LostAt(member) < LostAreShown ? ProcessState.Lost : StateOf(member.Status);

    /// <summary>Of a process that is there; null: it is not.</summary>
    public static ProcessState? StateOf(SiloStatus status) =>
        status switch
        {
            SiloStatus.Active => ProcessState.Active,
            SiloStatus.Created or SiloStatus.Joining => ProcessState.Joining,
            SiloStatus.ShuttingDown or SiloStatus.Stopping => ProcessState.Leaving,
            _ => null,
        };

    /// <summary>
    /// When the last of the others gave it up; null: nobody did. Who leaves says so itself; who is lost was suspected by others, or
    /// followed by another run.
    /// </summary>
    public static DateTimeOffset? LostAt(MembershipEntry member) =>
        member is { Status: SiloStatus.Dead, SuspectTimes: { Count: > 0 } votes } ? Utc(votes.Max(vote => vote.Item2)) : null;

    public static DateTimeOffset StartedAt(MembershipEntry member) => Utc(member.StartTime);

    private static DateTimeOffset Utc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
