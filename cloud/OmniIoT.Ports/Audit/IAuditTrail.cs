using OmniIoT.Domain.Audit;

namespace OmniIoT.Ports.Audit;

/// <summary>The trail as it is stored, for whoever looks whether it is whole.</summary>
public interface IAuditTrail
{
    /// <summary>Where the chain ends, by what is stored apart from its links.</summary>
    ValueTask<ChainHead> HeadAsync(CancellationToken cancellationToken);

    /// <summary>Links after <paramref name="sequence"/>, in order.</summary>
    ValueTask<IReadOnlyList<ChainLink>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken);
}
