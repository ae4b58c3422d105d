namespace OmniIoT.Ports.Cluster;

/// <summary>The clock that all processes of a cluster can look at.</summary>
public interface ISharedClock
{
    /// <summary>
    /// How far the clock of this machine is ahead of it; negative when it is behind. Exact to half of the time that the look took.
    /// </summary>
    ValueTask<TimeSpan> AheadAsync(CancellationToken cancellationToken);
}
