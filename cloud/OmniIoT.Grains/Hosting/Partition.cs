using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Hosting;

/// <summary>
/// One loop that owns many grains: it takes what waits, lets the grains decide, hands all effects to the committer, and only
/// after the commit releases acknowledgements and answers. While it waits for the disk its inbox fills: the next commit.
/// A failed commit throws the touched activations away; they reload from storage and the same work is decided anew.
/// </summary>
internal sealed partial class Partition(
    ICommitter committer, ActivationCache activations, CatalogKeeper catalogs, Turn turn, PartitionMetrics metrics,
    GrainsOptions options, TimeProvider time, ILogger logger)
{
    private readonly Channel<WorkItem> _inbox = Channel.CreateBounded<WorkItem>(
        new BoundedChannelOptions(options.InboxCapacity) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly List<WorkItem> _work = [];
    private readonly ArrayBufferWriter<byte> _snapshot = new(4096);

    public int Waiting => _inbox.Reader.Count;

    public ValueTask AddAsync(WorkItem item, CancellationToken cancellationToken) => _inbox.Writer.WriteAsync(item, cancellationToken);

    /// <summary>Takes no more; what waits is still done.</summary>
    public void Complete() => _inbox.Writer.TryComplete();

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (await _inbox.Reader.WaitToReadAsync(cancellationToken))
        {
            int messages = 0;
            while (messages < options.TurnMessages && _inbox.Reader.TryRead(out WorkItem item))
            {
                messages += item.Batch?.Count ?? 1;
                _work.Add(item);
            }
            await DoAsync(cancellationToken);
        }
    }

    /// <summary>Does all of <see cref="_work"/>, however often it takes; requests are told of a failure and not tried again.</summary>
    private async ValueTask DoAsync(CancellationToken cancellationToken)
    {
        while (_work.Count > 0)
        {
            try
            {
                await DecideAndCommitAsync(_work, cancellationToken);
                _work.Clear();
            }
            catch (StorageUnavailableException error)
            {
                GiveUpRequests(_work, error);
                await Task.Delay(options.StorageRetry, time, cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogTurnFailed(logger, _work.Count, error);
                await DoOneByOneAsync(cancellationToken);
            }
        }
    }

    /// <summary>One item of the turn holds something that breaks it: the others must not suffer.</summary>
    private async ValueTask DoOneByOneAsync(CancellationToken cancellationToken)
    {
        WorkItem[] items = [.. _work];
        _work.Clear();
        foreach (WorkItem item in items)
        {
            try
            {
                await DecideAndCommitAsync([item], cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                _work.Add(item);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                LogItemFailed(logger, item.Grain, error);
                if (item.Job?.Failed(error) == false) item.Job.Committed();
                if (item.Batch is not { } batch || await TryDiscardAsync(batch, error, cancellationToken)) continue;
                _work.Add(item);
                await Task.Delay(options.StorageRetry, time, cancellationToken);
            }
        }
    }

    /// <summary>
    /// A batch that breaks its grain is kept in the dead letters, so that it is not sent forever. False when not even that can be
    /// written now: then nothing is acknowledged, and it is tried again.
    /// </summary>
    private async ValueTask<bool> TryDiscardAsync(InboundBatch batch, Exception error, CancellationToken cancellationToken)
    {
        CommitUnit unit = new() { MessageCount = batch.Count };
        turn.Scope.Effects = unit.Effects;
        turn.Scope.Now = batch.ReceivedAt;
        unit.Effects.AddRange(batch.SessionEffects);
        BatchDecider.Refuse(turn.Scope, batch, new Refusal(DeadLetterReason.WrongShape, "it broke what handles it: " + error.Message));
        try
        {
            await committer.CommitAsync(unit).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            LogItemFailed(logger, batch.Principal, failure);
            return false;
        }
        batch.Source?.Committed(batch);
        return true;
    }

    /// <summary>Decides anew whenever another partition was faster with what the decision rests on.</summary>
    private async ValueTask DecideAndCommitAsync(List<WorkItem> work, CancellationToken cancellationToken)
    {
        while (await TryDecideAndCommitAsync(work, cancellationToken) is CommitOutcome.Conflict)
        {
            // What it saw then is no longer true; now it sees what is.
        }
        foreach (WorkItem item in work) Release(item);
    }

    private async ValueTask<CommitOutcome> TryDecideAndCommitAsync(List<WorkItem> work, CancellationToken cancellationToken)
    {
        CommitUnit unit = new() { MessageCount = work.Sum(item => item.Batch?.Count ?? 0) };
        DecisionScope scope = turn.Scope;
        scope.Effects = unit.Effects;
        scope.Catalog = catalogs.Current;
        scope.Telemetry.Clear();
        scope.RaisedAlarms.Clear();
        scope.OffersSent.Clear();
        activations.BeginTurn();
        try
        {
            foreach (WorkItem item in work) await DecideAsync(item, cancellationToken);
            activations.Save(scope, _snapshot);
            if (!scope.Telemetry.IsEmpty) scope.Emit(new AppendTelemetry(scope.Telemetry.Take()));
            if (unit.Effects.Count > 0 && await committer.CommitAsync(unit) is CommitOutcome.Conflict)
            {
                activations.DropTouched();
                return CommitOutcome.Conflict;
            }
        }
        catch
        {
            activations.DropTouched();
            throw;
        }
        metrics.Committed(unit, scope);
        activations.AnnounceTouched();
        return CommitOutcome.Committed;
    }

    private async ValueTask DecideAsync(WorkItem item, CancellationToken cancellationToken)
    {
        DecisionScope scope = turn.Scope;
        Activation activation = await activations.GetAsync(item.Grain, scope, cancellationToken);
        if (activation is CustomerActivation { Grain: { } customer }) customer.Person = await People.FindAsync(customer, turn, cancellationToken);
        if (item.Batch is { } batch)
        {
            scope.Now = batch.ReceivedAt;
            await BatchDecider.DecideAsync(batch, activation, turn, cancellationToken);
            return;
        }
        scope.Now = Instant.FromTime(time.GetUtcNow());
        await item.Job!.RunAsync(activation, turn, cancellationToken);
    }

    private static void Release(WorkItem item)
    {
        if (item.Batch is { } batch) batch.Source?.Committed(batch);
        item.Job?.Committed();
    }

    private static void GiveUpRequests(List<WorkItem> work, Exception error) => work.RemoveAll(item => item.Job?.Failed(error) == true);

    [LoggerMessage(1101, LogLevel.Error, "A turn of {Items} items failed; its items are tried one by one.")]
    private static partial void LogTurnFailed(ILogger logger, int items, Exception error);

    [LoggerMessage(1102, LogLevel.Error, "Work for {Grain} failed.")]
    private static partial void LogItemFailed(ILogger logger, EntityId grain, Exception error);
}

/// <summary>Either a batch of messages or a job.</summary>
internal readonly record struct WorkItem(EntityId Grain, InboundBatch? Batch, Job? Job);
