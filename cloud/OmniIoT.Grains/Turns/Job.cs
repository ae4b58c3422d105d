using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Audit;

namespace OmniIoT.Grains.Turns;

/// <summary>Something other than messages that an entity has to do.</summary>
internal abstract class Job
{
    /// <inheritdoc cref="WorkItem.IsAlone"/>
    public virtual bool IsAlone => false;

    /// <summary>Who asked for it; null: nobody whose deeds are on record.</summary>
    public virtual Origin? Origin => null;

    /// <summary>Lets the entity decide. Returns whether that changed what is to be saved.</summary>
    public abstract ValueTask<bool> DecideAsync(DecisionScope scope);

    /// <summary>All it caused is durable.</summary>
    public virtual void Committed() { }

    /// <summary>Nothing of it happened. True when somebody was told and it must not be tried again.</summary>
    public virtual bool Failed(Exception error) => false;
}

/// <summary>What nobody waits for: a notice.</summary>
internal sealed class Deed(Action<DecisionScope> decide) : Job
{
    public override ValueTask<bool> DecideAsync(DecisionScope scope)
    {
        decide(scope);
        return ValueTask.FromResult(true);
    }
}

/// <summary>What the passing of time brings, and who wants to know that it was done.</summary>
internal sealed class Awakening(Func<DecisionScope, ValueTask> decide) : Job
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    public override async ValueTask<bool> DecideAsync(DecisionScope scope)
    {
        await decide(scope);
        return true;
    }

    public override void Committed() => _done.TrySetResult();

    /// <summary>The heartbeat asks again.</summary>
    public override bool Failed(Exception error) => _done.TrySetException(error);
}

/// <summary>A request and whoever waits for its answer.</summary>
internal sealed class Request<T>(Func<DecisionScope, ValueTask<Reply<T>>> decide) : Job
{
    private readonly TaskCompletionSource<Reply<T>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Reply<T> _reply;

    /// <summary>The answer, once all it caused is durable.</summary>
    public Task<Reply<T>> Answer => _done.Task;

    public override bool IsAlone => true;

    /// <summary>Of the call that asks: it is decided on by whoever's turn it is.</summary>
    public override Origin? Origin { get; } = CallOrigin.Current;

    public override async ValueTask<bool> DecideAsync(DecisionScope scope)
    {
        _reply = await decide(scope);
        return _reply.Rejection is null;
    }

    public override void Committed() => _done.TrySetResult(_reply);

    /// <summary>A person waits: better an error now than an answer some time.</summary>
    public override bool Failed(Exception error) => _done.TrySetException(error);
}
