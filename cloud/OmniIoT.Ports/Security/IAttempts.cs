namespace OmniIoT.Ports.Security;

/// <summary>
/// Counts attempts that must not be made too often, over all processes. What was counted by a process that is lost is forgotten.
/// </summary>
public interface IAttempts
{
    /// <summary>
    /// Gives an attempt a place to be judged, and waits for one: as many are judged at once as may still count, so that many at once
    /// are no more than one after the other.
    /// </summary>
    /// <param name="rule">How many may.</param>
    /// <param name="key">By whom.</param>
    ValueTask<AttemptPlace> BeginAsync(AttemptRule rule, string key);

    /// <summary>Gives the place back.</summary>
    /// <param name="rule">As it began.</param>
    /// <param name="key">As it began.</param>
    /// <param name="counts">Whether it counts: it was wrong, or every one does.</param>
    ValueTask SettleAsync(AttemptRule rule, string key, bool counts);
}
