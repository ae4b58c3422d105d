using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Commit;
using OmniIoT.Commit.Live;
using OmniIoT.Domain;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.State;

namespace OmniIoT.Grains.Hosting;

/// <summary>Runs all partitions in this process.</summary>
public sealed class EmbeddedPartitionHost : IPartitionHost, IIngress, IHostedService, IDisposable
{
    private readonly Partition[] _partitions;
    private readonly CancellationTokenSource _abandon = new();
    private Task _running = Task.CompletedTask;

    public EmbeddedPartitionHost(
        GrainsOptions options, ICommitter committer, IGrainStore grains, CatalogKeeper catalogs, GrainReaders readers, CaseNumbers numbers,
        SecretSealer sealer, IdGenerator ids, Incarnation incarnation, LiveHub hub, OmniMetrics metrics, TimeProvider time, ILoggerFactory loggers)
    {
        ILogger logger = loggers.CreateLogger<EmbeddedPartitionHost>();
        PartitionMetrics counters = new(metrics);
        ActivationCache[] caches = [.. Enumerable.Range(0, options.PartitionCount).Select(_ => new ActivationCache(grains, hub, options, time))];
        _partitions = [.. caches.Select(cache =>
        {
            DecisionScope scope = new(options.Decisions, ids.Next, numbers.Next, NewOfferCode, incarnation.Name);
            return new Partition(committer, cache, catalogs, new Turn(scope, readers, sealer), counters, options, time, logger);
        })];
        metrics.Gauge("omniiot_grains", "Grains in memory.", () => [new Measurement<long>(caches.Sum(cache => cache.Count))]);
        metrics.Gauge("omniiot_partition_queue_depth", "Batches and requests that wait for a partition.", () =>
            _partitions.Select((partition, i) => new Measurement<long>(partition.Waiting, new KeyValuePair<string, object?>("partition", i))));
    }

    public async Task<Reply<T>> AskAsync<T>(EntityId grain, GrainRequest<T> request, CancellationToken cancellationToken)
    {
        RequestJob<T> job = new(grain, request);
        await PartitionOf(grain).AddAsync(new WorkItem(grain, null, job), cancellationToken);
        return await job.Answer.WaitAsync(cancellationToken);
    }

    public ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken) =>
        PartitionOf(batch.Principal).AddAsync(new WorkItem(batch.Principal, batch, null), cancellationToken);

    public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken) =>
        AddAsync(new NoticeJob(grain, notice), cancellationToken);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.WhenAll(_partitions.Select(partition => Task.Run(() => partition.RunAsync(_abandon.Token), CancellationToken.None)));
        return Task.CompletedTask;
    }

    /// <summary>Does what waits; gives up only when the stop itself is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (Partition partition in _partitions) partition.Complete();
        await using CancellationTokenRegistration giveUp = cancellationToken.Register(_abandon.Cancel);
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _abandon.Dispose();

    internal ValueTask AddAsync(Job job, CancellationToken cancellationToken) =>
        PartitionOf(job.Grain).AddAsync(new WorkItem(job.Grain, null, job), cancellationToken);

    private Partition PartitionOf(EntityId grain) => _partitions[grain.PartitionOf(_partitions.Length)];

    private static string NewOfferCode() => OfferCode.From(RandomNumberGenerator.GetBytes(OfferCode.Length));
}
