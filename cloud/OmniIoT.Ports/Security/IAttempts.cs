namespace OmniIoT.Ports.Security;

/// <summary>
/// Counts attempts that must not be made too often, over all processes. An attempt is counted before it is made, so that many at once
/// count as many. What was counted by a process that is lost is forgotten.
/// </summary>
public interface IAttempts
{
    /// <summary>Counts an attempt that may be made.</summary>
    /// <param name="rule">How many may.</param>
    /// <param name="key">By whom.</param>
    /// <returns>How long they have to wait; null when they need not.</returns>
    ValueTask<TimeSpan?> TakeAsync(AttemptRule rule, string key);

    /// <summary>Takes one off the count: it was made, and there was nothing wrong with it.</summary>
    ValueTask GiveBackAsync(AttemptRule rule, string key);
}
