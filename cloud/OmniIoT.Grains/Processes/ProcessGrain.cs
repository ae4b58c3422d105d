using OmniIoT.Commit;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Messaging;
using Orleans;
using Orleans.Concurrency;

namespace OmniIoT.Grains.Processes;

/// <inheritdoc cref="IProcessGrain"/>
[Reentrant]
[ProcessPlacement]
internal sealed class ProcessGrain(ILocalGateway gateway, Committer committer, RemoteWatchers watchers, LocalLoad load)
    : Grain,
        IProcessGrain
{
    public Task<int> PublishAsync(Downlink downlink, bool isLast) =>
        gateway.PublishAsync(downlink, isLast, CancellationToken.None).AsTask();

    public Task DisconnectAsync(EntityId principal, string reason) => gateway.DisconnectAsync(principal, reason).AsTask();

    public Task ReleaseSessionAsync(string key) => gateway.ReleaseSessionAsync(key).AsTask();

    public Task WakeDeliveriesAsync()
    {
        committer.WakeDeliveries();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyCollection<string>> TakeTouchedAsync(string process) => Task.FromResult(watchers.Take(process));

    public Task<ProcessLoad> LoadAsync() => Task.FromResult(load.Now());
}
