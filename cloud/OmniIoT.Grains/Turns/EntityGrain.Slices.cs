using OmniIoT.Ports.Commit;

namespace OmniIoT.Grains.Turns;

// What one turn takes on. However much waits for one entity, and however much each message costs: others go on, what was decided is
// durable and acknowledged piece by piece, and a stop is heard.
internal abstract partial class EntityGrain
{
    /// <summary>
    /// Bytes of messages that a turn gathers, and after which it lets others have its thread: some 3,000 readings, of which each costs
    /// 25 µs under the dearest rules that a model may have.
    /// </summary>
    private const int SliceBytes = 64 * 1024;

    /// <summary>What has gathered for an entity in usual times is done before the process stops; a flood is not.</summary>
    private const int TurnsBeforeStop = 4;

    /// <summary>Turns that it may still have; null: as many as there are.</summary>
    private int? _turnsLeft;

    private Task? Gather(WorkItem item)
    {
        bool mustWait = _behind is not null || item.IsAlone || _next is { } gathering && IsFullWith(gathering, item);
        if (mustWait)
            (_behind ??= []).Enqueue(item);
        else if (_next is null)
            _next = Open(item);
        else
            _next.Add(item);
        int waiting = (_behind?.Count ?? 0) + (_next?.Items.Count ?? 0);
        if (waiting < runtime.Options.InboxCapacity)
            return null;
        TaskCompletionSource room = new(TaskCreationOptions.RunContinuationsAsynchronously);
        (_waitingForRoom ??= []).Add(room);
        return room.Task;
    }

    private Turn Open(WorkItem item)
    {
        Turn turn = runtime.Desk.Turns.Get();
        turn.Open(this);
        turn.Add(item);
        return turn;
    }

    /// <summary>
    /// Takes what is to be decided next: what gathered, else the first of what waits behind it and those that may share its turn.
    /// </summary>
    private Turn? TakeNext()
    {
        if (_next is { } gathered)
        {
            _next = null;
            return gathered;
        }
        if (_behind is null)
            return null;
        Turn turn = Open(_behind.Dequeue());
        while (!turn.Items[0].IsAlone && _behind.TryPeek(out WorkItem following) && !following.IsAlone && !IsFullWith(turn, following))
            turn.Add(_behind.Dequeue());
        if (_behind.Count == 0)
            _behind = null;
        return turn;
    }

    private static bool IsFullWith(Turn turn, in WorkItem item) => turn.Bytes > 0 && turn.Bytes + (item.Batch?.Bytes ?? 0) > SliceBytes;

    /// <summary>The committer must not wait meanwhile, and whoever waits for a thread comes first.</summary>
    private async ValueTask LetOthersGoOnAsync()
    {
        runtime.Desk.Committer.Met();
        await Task.Yield();
        runtime.Desk.Committer.Expect();
    }

    /// <summary>
    /// The process stops: who waits for an answer is told; messages are not acknowledged, and sent again to whoever comes next.
    /// </summary>
    private void GiveUpWaiting()
    {
        StorageUnavailableException stopping = new("The process is stopping.");
        foreach (WorkItem item in (_next?.Items ?? []).Concat(_behind ?? []))
            item.Job?.Failed(stopping);
        (_next, _behind) = (null, null);
    }
}
