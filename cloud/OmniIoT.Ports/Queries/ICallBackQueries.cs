using OmniIoT.Domain.Calls;

namespace OmniIoT.Ports.Queries;

/// <summary>Which call-backs are wanted; null does not restrict.</summary>
public sealed record CallBackFilter(string? Queue = null, CallBackStatus? Status = null)
{
    /// <summary>Only those of what lies within.</summary>
    public Bounds? Within { get; init; }
}

public interface ICallBackQueries
{
    ValueTask<CallBack?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Who has waited longest comes first.</summary>
    ValueTask<Page<CallBack>> ListAsync(CallBackFilter filter, PageRequest page, CancellationToken cancellationToken);
}
