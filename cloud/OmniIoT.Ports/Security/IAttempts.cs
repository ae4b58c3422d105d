namespace OmniIoT.Ports.Security;

/// <summary>
/// Counts attempts that must not be made too often, over all processes, in windows that begin with a key's first attempt. What was
/// counted by a process that is lost is forgotten.
/// </summary>
public interface IAttempts
{
    /// <summary>How long the key still has to wait after so many attempts; null when it need not.</summary>
    /// <param name="what">What is attempted, a word.</param>
    /// <param name="key">By whom.</param>
    ValueTask<TimeSpan?> WaitOfAsync(string what, string key, int maximum);

    /// <param name="window">How long a window of this kind is; always the same.</param>
    ValueTask CountAsync(string what, string key, TimeSpan window);
}
