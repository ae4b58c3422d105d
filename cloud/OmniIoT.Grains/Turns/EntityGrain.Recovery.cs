using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Turns;

// What becomes of a turn that failed. Whoever waits is told; messages are kept until they are durable or, when they are at fault
// themselves, in the dead letters.
internal abstract partial class EntityGrain
{
    private async Task RecoverAsync(Turn turn, Exception error)
    {
        if (error is StorageUnavailableException)
        {
            turn.Items.RemoveAll(item => item.Job?.Failed(error) == true);
            if (turn.Items.Count > 0)
                await Task.Delay(runtime.Options.StorageRetry, runtime.Time);
        }
        else if (turn.Item >= 0)
            BlameItem(turn, error);
        else if (turn.Items.Count > 1)
            Separate(turn, error);
        else
            await BlameAllAsync(turn, error);
        if (turn.Items.Count > 0)
            Again(turn);
        else
            Abandon(turn);
    }

    /// <summary>Everybody who waited for the turn was told that it failed: who comes next begins with what storage holds.</summary>
    private void Abandon(Turn turn)
    {
        _isLoaded = false;
        Go(turn);
    }

    /// <summary>Deciding on one item broke the turn: without it, or without the one message of it, the turn is decided anew.</summary>
    private void BlameItem(Turn turn, Exception error)
    {
        LogItemFailed(runtime.Logger, Id, error);
        WorkItem item = turn.Items[turn.Item];
        if (item.Batch is { } batch && turn.Message >= 0)
            batch[turn.Message].Refusal = Broken(error);
        else if (item.Batch is { } whole)
            RefuseAll(whole, error);
        else
            GiveUp(turn, error);
    }

    /// <summary>The turn cannot be stored, and nobody knows which item's fault that is: each is tried by itself.</summary>
    private void Separate(Turn turn, Exception error)
    {
        LogTurnFailed(runtime.Logger, Id, turn.Items.Count, error);
        lock (this)
        {
            IEnumerable<WorkItem> suspects = turn.Items.Skip(1).Select(item => item with { IsSuspect = true });
            _behind = new Queue<WorkItem>([.. suspects, .. _next?.Items ?? [], .. _behind ?? []]);
            _next = null;
        }
        turn.Items.RemoveRange(1, turn.Items.Count - 1);
    }

    private async ValueTask BlameAllAsync(Turn turn, Exception error)
    {
        LogItemFailed(runtime.Logger, Id, error);
        if (turn.Items is not [{ Batch: { } batch }])
        {
            GiveUp(turn, error);
            return;
        }
        bool isRefusedAlready = Enumerable.Range(0, batch.Count).All(i => batch[i].Refusal is not null);
        RefuseAll(batch, error);
        // Not even the dead letters can be written now: nothing is acknowledged, and it is tried again.
        if (isRefusedAlready)
            await Task.Delay(runtime.Options.StorageRetry, runtime.Time);
    }

    private static void GiveUp(Turn turn, Exception error)
    {
        int index = Math.Max(turn.Item, 0);
        turn.Items[index].Job!.Failed(error);
        turn.Items.RemoveAt(index);
    }

    private static void RefuseAll(InboundBatch batch, Exception error)
    {
        for (int i = 0; i < batch.Count; i++)
            batch[i].Refusal ??= Broken(error);
    }

    private static Refusal Broken(Exception error) => new(DeadLetterReason.WrongShape, "it broke what handles it: " + error.Message);

    [LoggerMessage(1101, LogLevel.Error, "A turn of {Entity} with {Items} items could not be stored; its items are tried one by one.")]
    private static partial void LogTurnFailed(ILogger logger, EntityId entity, int items, Exception error);

    [LoggerMessage(1102, LogLevel.Error, "Work for {Entity} failed.")]
    private static partial void LogItemFailed(ILogger logger, EntityId entity, Exception error);

    [LoggerMessage(1103, LogLevel.Error, "What follows a turn of {Entity} failed; the turn stands.")]
    private static partial void LogFollowerFailed(ILogger logger, EntityId entity, Exception error);
}
