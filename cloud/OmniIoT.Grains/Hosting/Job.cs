using OmniIoT.Domain;

namespace OmniIoT.Grains.Hosting;

/// <summary>Something other than messages that a grain has to do.</summary>
internal abstract class Job(EntityId grain)
{
    public EntityId Grain { get; } = grain;

    public abstract ValueTask RunAsync(Activation activation, Turn turn, CancellationToken cancellationToken);

    /// <summary>All it caused is durable.</summary>
    public virtual void Committed()
    {
    }

    /// <summary>Nothing of it happened. True when somebody was told and it must not be tried again.</summary>
    public virtual bool Failed(Exception error) => false;
}
