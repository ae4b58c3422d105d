using System.Collections.Concurrent;
using OmniIoT.Ports.Security;

namespace OmniIoT.TestKit.Security;

/// <summary>Counts attempts in memory.</summary>
public sealed class LocalAttempts(TimeProvider time) : IAttempts
{
    private readonly ConcurrentDictionary<string, AttemptLimit<string>> _limits = new(StringComparer.Ordinal);

    public ValueTask<TimeSpan?> WaitOfAsync(string what, string key, int maximum) =>
        new(_limits.TryGetValue(what, out AttemptLimit<string>? limit) ? limit.WaitOf(key, maximum) : null);

    public ValueTask CountAsync(string what, string key, TimeSpan window)
    {
        _limits.GetOrAdd(what, _ => new AttemptLimit<string>(time, window)).Count(key);
        return ValueTask.CompletedTask;
    }
}
