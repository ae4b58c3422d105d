using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Security;
using Orleans;
using Orleans.Concurrency;

namespace OmniIoT.Grains.Limits;

/// <inheritdoc cref="IAttemptsGrain"/>
[Reentrant] // Who waits for a place waits for another's call that gives it back.
internal sealed class AttemptsGrain(TimeProvider time) : Grain, IAttemptsGrain
{
    private AttemptLimit<string>? _limit;

    public Task<AttemptPlace> BeginAsync(string key, int maximum, TimeSpan window)
    {
        _limit ??= new AttemptLimit<string>(time, window);
        DelayDeactivation(window);
        return _limit.BeginAsync(key, maximum).AsTask();
    }

    public Task SettleAsync(string key, bool counts)
    {
        _limit?.Settle(key, counts);
        return Task.CompletedTask;
    }
}
