using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Security;
using Orleans;

namespace OmniIoT.Grains.Limits;

/// <inheritdoc cref="IAttemptsGrain"/>
internal sealed class AttemptsGrain(TimeProvider time) : Grain, IAttemptsGrain
{
    private AttemptLimit<string>? _limit;

    public Task<TimeSpan?> WaitOfAsync(string key, int maximum) => Task.FromResult(_limit?.WaitOf(key, maximum));

    public Task CountAsync(string key, TimeSpan window)
    {
        _limit ??= new AttemptLimit<string>(time, window);
        _limit.Count(key);
        DelayDeactivation(window);
        return Task.CompletedTask;
    }
}
