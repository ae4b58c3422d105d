using System.Buffers;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.State;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace OmniIoT.Grains.Turns;

/// <summary>
/// The shell of an entity: loads its snapshot, gathers what arrives while a commit is on its way into one turn, lets the decider
/// decide, hands the effects to the committer, and releases acknowledgements and answers after the commit. A failed or refused
/// commit throws the state away; it is loaded again and the same work decided anew.
/// </summary>
/// <remarks>
/// Whoever brings work to an entity at rest lets it decide, on their own thread; what comes meanwhile is added, and decided on once the
/// commit has ended. So a turn is one thread's at a time, whichever that is; the changes of hands are behind its own lock,
/// which nobody else takes: an object for it would cost each device 32 bytes.
/// </remarks>
internal abstract partial class EntityGrain(EntityRuntime runtime) : IGrainBase, IEntityGrain, ITurnOwner
{
    /// <summary>Far longer than a move takes, and short for who has come to stay.</summary>
    private static readonly TimeSpan Stay = TimeSpan.FromSeconds(2);

    // The turn that is decided or committed, and the one that gathers meanwhile.
    private Turn? _current;
    private Turn? _next;

    // Requests that wait for a turn of their own, and what came behind them; null when there are none.
    private Queue<WorkItem>? _behind;
    private List<TaskCompletionSource>? _waitingForRoom;
    private TaskCompletionSource? _idle;

    private bool _isLoaded;
    private bool _isClosed;
    private Instant _keptAt;
    private Instant _activatedAt;
    private long _version;

    /// <summary>
    /// The due time in storage. It is only ever moved earlier by messages: an entity that wakes too early looks again, which is
    /// cheaper than to write a new time with each message.
    /// </summary>
    private Instant? _storedDue;

    public IGrainContext GrainContext { get; } = runtime.Place.Contexts.GrainContext;

    protected EntityRuntime Runtime => runtime;

    /// <summary>The entity's own id: what stands behind the kind in <see cref="Id"/>.</summary>
    protected string Key { get; } = runtime.Place.Contexts.GrainContext.GrainId.Key.ToString()!;

    protected abstract EntityId Id { get; }

    /// <summary>Whether there is anything to save.</summary>
    protected abstract bool Exists { get; }

    /// <summary>Takes over what was stored; null: nothing.</summary>
    protected abstract void Load(Snapshot? snapshot, Moment moment);

    /// <summary>Writes the state; returns the facts when they changed.</summary>
    protected abstract byte[]? Write(ArrayBufferWriter<byte> output);

    /// <summary>What is large and changes seldom, when it changed; called before <see cref="Write"/>.</summary>
    protected virtual byte[]? TakeHistory() => null;

    /// <summary>Whether what was taken over asks for its history.</summary>
    protected virtual bool LacksHistory => false;

    /// <summary>Takes over the history; null: none is stored.</summary>
    protected virtual void LoadHistory(byte[]? history) { }

    protected abstract Instant? NextDue(Moment moment);

    /// <summary>Whether a connection of it is known to be at a process.</summary>
    protected virtual bool HasConnectionAt(string process) => false;

    /// <summary>Called before each item.</summary>
    protected virtual ValueTask PrepareAsync(DecisionScope scope) => ValueTask.CompletedTask;

    /// <summary>Decides on one message of a batch.</summary>
    protected abstract ValueTask<Refusal?> DecideAsync(DecisionScope scope, InboundBatch batch, int index);

    /// <summary>A batch begins, or ends.</summary>
    protected virtual void BeginBatch(Decision decision) { }

    protected virtual void EndBatch(Decision decision) { }

    protected abstract void Take(Decision decision, GatewayNotice notice);

    protected abstract ValueTask WakeUpAsync(DecisionScope scope);

    /// <summary>The turn is durable: watchers may look.</summary>
    protected abstract void Announce();

    public async Task<ParcelReceipt> SubmitAsync(InboundParcel parcel)
    {
        ParcelDelivery delivery = new(parcel);
        _ = Add(new WorkItem(delivery.Batch, null)); // Whoever calls waits for the outcomes.
        if (HasConnectionAt(parcel.Process))
            Follow(parcel.Process);
        TimeSpan pause =
            parcel.Process == runtime.Place.Processes.Own ? TimeSpan.Zero : runtime.Place.Gateway.CountPublished(Id, parcel.Messages.Count);
        return new ParcelReceipt(await delivery.Outcomes, pause);
    }

    public Task NotifyAsync(GatewayNotice notice)
    {
        Task noted = Add(Deed(notice)) ?? Task.CompletedTask;
        if (notice is SessionOpened { Process: var process })
            Follow(process);
        return noted;
    }

    /// <summary>
    /// Takes messages by reference, from this process. False when the entity is about to leave memory: then it is to be called.
    /// </summary>
    /// <param name="room">What to wait for when more waits than should; else null.</param>
    public bool TrySubmit(InboundBatch batch, out Task? room) => TryAdd(new WorkItem(batch, null), out room);

    /// <summary>As <see cref="NotifyAsync"/>; see <see cref="TrySubmit"/>.</summary>
    public bool TryNotify(GatewayNotice notice, out Task? room) => TryAdd(Deed(notice), out room);

    public Task WakeAsync()
    {
        Awakening awakening = new(async scope =>
        {
            _storedDue = null;
            await WakeUpAsync(scope);
        });
        Add(new WorkItem(null, awakening));
        return awakening.Done;
    }

    public Task OnActivateAsync(CancellationToken token)
    {
        _activatedAt = runtime.Now;
        runtime.Place.Locals.Add(Id, this);
        return Task.CompletedTask;
    }

    /// <summary>Does what waits before it leaves memory.</summary>
    public Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token)
    {
        runtime.Place.Locals.Remove(Id, this);
        lock (this)
        {
            _isClosed = true;
            if (reason.ReasonCode is DeactivationReasonCode.ShuttingDown)
                _turnsLeft = TurnsBeforeStop;
            if (_current is null)
                return Task.CompletedTask;
            _idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _idle.Task.WaitAsync(token);
        }
    }

    void ITurnOwner.Ended(Turn turn)
    {
        if (turn.Unit.Outcome is CommitOutcome.Conflict)
            Again(turn);
        else
            Finish(turn);
    }

    void ITurnOwner.Failed(Turn turn, Exception error) => _ = RecoverAsync(turn, error);

    void ITurnOwner.Begin(Turn turn) => _ = DecideAsync(turn);

    /// <summary>Asks; the answer comes once all it caused is durable.</summary>
    protected Task<Reply<T>> AskAsync<T>(Func<DecisionScope, ValueTask<Reply<T>>> decide)
    {
        Request<T> request = new(decide);
        Add(new WorkItem(null, request));
        return request.Answer;
    }

    /// <summary>Adds work; when more waits than should, returns what to wait for.</summary>
    private Task? Add(WorkItem item)
    {
        Turn turn;
        lock (this)
        {
            if (_current is not null)
                return Gather(item);
            _current = turn = Open(item);
        }
        DecideNow(turn);
        return null;
    }

    private bool TryAdd(WorkItem item, out Task? room)
    {
        room = null;
        Turn turn;
        lock (this)
        {
            if (_isClosed)
                return false;
            if (_current is not null)
            {
                room = Gather(item);
                return true;
            }
            _current = turn = Open(item);
        }
        KeepInMemory();
        DecideNow(turn);
        return true;
    }

    /// <summary>The silo sees calls only; what comes past it counts as use, too.</summary>
    private void KeepInMemory()
    {
        Instant now = runtime.Now;
        if (now - _keptAt < runtime.Options.IdleAfter / 10)
            return;
        _keptAt = now;
        runtime.Place.Silo.DelayDeactivation(GrainContext, runtime.Options.IdleAfter);
    }

    /// <summary>
    /// It lives where its connection is. What waits is done first, and what comes meanwhile follows it there. A connection that moves on
    /// and on is called from here: a grain that followed each time would be nowhere for most of it.
    /// </summary>
    private void Follow(string process)
    {
        if (process == runtime.Place.Processes.Own || HasConnectionAt(runtime.Place.Processes.Own) || runtime.Now - _activatedAt < Stay)
            return;
        GrainContext.Migrate(
            new Dictionary<string, object> { [IPlacementDirector.PlacementHintKey] = SiloAddress.FromParsableString(process) }
        );
    }

    private WorkItem Deed(GatewayNotice notice) => new(null, new Deed(scope => Take(scope.Decision, notice)));

    private void Finish(Turn turn)
    {
        try
        {
            if (turn.Unit.Effects.Count > 0)
                runtime.Desk.Metrics.Committed(turn);
            if (turn.IsTouched)
                Announce();
        }
#pragma warning disable CA1031 // The turn is durable: what follows it cannot undo it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFollowerFailed(runtime.Logger, Id, error);
        }
        foreach (WorkItem item in turn.Items)
            Release(item);
        Go(turn);
    }

    private void Release(WorkItem item)
    {
        try
        {
            item.Committed();
        }
#pragma warning disable CA1031 // One owner's fault is not the others'.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFollowerFailed(runtime.Logger, Id, error);
        }
    }

    /// <summary>The turn is over: the next one begins, if any.</summary>
    private void Go(Turn done)
    {
        done.Reset();
        runtime.Desk.Turns.Return(done);
        Turn? next;
        lock (this)
        {
            if (_turnsLeft is { } left && (_turnsLeft = Math.Max(0, left - 1)) == 0)
                GiveUpWaiting();
            next = _current = TakeNext();
            foreach (TaskCompletionSource room in _waitingForRoom ?? [])
                room.TrySetResult();
            _waitingForRoom = null;
            if (next is null)
                _idle?.TrySetResult();
        }
        if (next is not null)
            Queue(next);
    }

    private void DecideNow(Turn turn)
    {
        runtime.Desk.Committer.Expect();
        _ = DecideAsync(turn);
    }

    private void Queue(Turn turn)
    {
        runtime.Desk.Committer.Expect();
        ThreadPool.UnsafeQueueUserWorkItem(turn, preferLocal: true);
    }

    /// <summary>Decides anew, from what storage holds.</summary>
    private void Again(Turn turn)
    {
        _isLoaded = false;
        Queue(turn);
    }

    /// <summary>Never fails: whatever goes wrong is dealt with in <see cref="RecoverAsync"/>.</summary>
    private async Task DecideAsync(Turn turn)
    {
        turn.Rewind();
        DecisionScope scope = runtime.Desk.Scopes.Get();
        try
        {
            turn.Lend(scope, runtime.Outlook.Catalogs.Current);
            if (!_isLoaded)
                await LoadAsync(scope);
            await DecideItemsAsync(turn, scope);
            if (turn.IsTouched)
                Save(scope.Decision);
            turn.TakeCounts(scope);
            if (!scope.Decision.Telemetry.IsEmpty)
                scope.Decision.Emit(new AppendTelemetry(scope.Decision.Telemetry.Take()));
        }
#pragma warning disable CA1031 // Edge of the turn.
        catch (Exception error)
#pragma warning restore CA1031
        {
            runtime.Desk.Scopes.Return(scope);
            runtime.Desk.Committer.Met();
            await RecoverAsync(turn, error);
            return;
        }
        runtime.Desk.Scopes.Return(scope);
        bool isEmpty = turn.Unit.Effects.Count == 0;
        if (!isEmpty)
            runtime.Desk.Committer.Commit(turn.Unit, turn);
        runtime.Desk.Committer.Met();
        if (isEmpty)
            Finish(turn);
    }

    private async ValueTask DecideItemsAsync(Turn turn, DecisionScope scope)
    {
        for (turn.Item = 0; turn.Item < turn.Items.Count; turn.Item++)
        {
            WorkItem item = turn.Items[turn.Item];
            scope.MoveTo(item.Batch?.ReceivedAt ?? runtime.Now);
            await PrepareAsync(scope);
            if (item.Batch is not { } batch)
            {
                turn.IsTouched |= await item.Job!.DecideAsync(scope);
                continue;
            }
            turn.IsTouched = true;
            await DecideBatchAsync(turn, scope, batch);
            turn.Message = -1;
        }
        turn.Item = -1;
    }

    private async ValueTask DecideBatchAsync(Turn turn, DecisionScope scope, InboundBatch batch)
    {
        if (Exists)
            BeginBatch(scope.Decision);
        int decided = 0;
        for (turn.Message = 0; turn.Message < batch.Count; turn.Message++)
        {
            int index = turn.Message;
            if (decided > SliceBytes)
            {
                await LetOthersGoOnAsync();
                decided = 0;
            }
            decided += batch.Payload(index).Length;
            batch[index].Outcome = MessageOutcome.Accepted;
            Refusal? refusal = batch[index].Refusal ?? (Exists ? await DecideAsync(scope, batch, index) : NotRegistered());
            if (refusal is not null)
                Burial.Refuse(scope.Decision, batch, index, refusal);
        }
        if (Exists)
            EndBatch(scope.Decision);
        batch.Decided();
        foreach (Effect effect in batch.SessionEffects)
            scope.Decision.Emit(effect);
    }

    private Refusal NotRegistered() => new(DeadLetterReason.UnknownModel, $"{Id} is not registered any more");
}
