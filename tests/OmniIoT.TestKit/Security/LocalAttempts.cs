using System.Collections.Concurrent;
using OmniIoT.Ports.Security;

namespace OmniIoT.TestKit.Security;

/// <summary>Counts attempts in memory.</summary>
public sealed class LocalAttempts(TimeProvider time) : IAttempts
{
    private readonly ConcurrentDictionary<string, AttemptLimit<string>> _limits = new(StringComparer.Ordinal);

    public ValueTask<AttemptPlace> BeginAsync(AttemptRule rule, string key) => Of(rule).BeginAsync(key, rule.Maximum);

    public ValueTask SettleAsync(AttemptRule rule, string key, bool counts)
    {
        Of(rule).Settle(key, counts);
        return ValueTask.CompletedTask;
    }

    private AttemptLimit<string> Of(AttemptRule rule) => _limits.GetOrAdd(rule.What, _ => new AttemptLimit<string>(time, rule.Window));
}
