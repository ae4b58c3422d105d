using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Security;
using Orleans;

namespace OmniIoT.Grains.Limits;

/// <inheritdoc cref="IAttemptsGrain"/>
internal sealed class AttemptsGrain(TimeProvider time) : Grain, IAttemptsGrain
{
    private AttemptLimit<string>? _limit;

    public Task<TimeSpan?> TakeAsync(string key, int maximum, TimeSpan window)
    {
        _limit ??= new AttemptLimit<string>(time, window);
        DelayDeactivation(window);
        return Task.FromResult(_limit.Take(key, maximum));
    }

    public Task GiveBackAsync(string key)
    {
        _limit?.GiveBack(key);
        return Task.CompletedTask;
    }
}
