using OmniIoT.Domain.Cases;

namespace OmniIoT.Ports.Queries;

/// <summary>
/// <see cref="Unresolved"/> true: open, pending or verifying. <see cref="Assignee"/> empty: unassigned. Each word of <see cref="Text"/> is
/// in the number, the title, or the id or name of the device or of the customer, who answers to all that identify them.
/// </summary>
public sealed record CaseFilter
{
    public CaseStatus? Status { get; init; }

    public string? DeviceId { get; init; }

    public string? CustomerId { get; init; }

    public string? Assignee { get; init; }

    public string? Queue { get; init; }

    public CasePriority? Priority { get; init; }

    public string? Text { get; init; }

    public bool? Unresolved { get; init; }

    /// <summary>Whether queue and assignee are compared without case, as far as they are of ASCII.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Only what lies within; null does not restrict.</summary>
    public Bounds? Within { get; init; }
}

/// <summary>How a list of cases is ordered.</summary>
public enum CaseOrder
{
    /// <summary>By number, the newest first.</summary>
    Newest,

    /// <summary>By priority, the most urgent first; within one the newest first.</summary>
    Pressing,

    /// <summary>Those with a promise that was not kept, then by when the next is due.</summary>
    Breached,
}

public sealed record CaseCount(string Queue, CaseStatus Status, long Count);

public interface ICaseQueries
{
    ValueTask<Case?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>The case of a number; null: there is none.</summary>
    ValueTask<Case?> FindByNumberAsync(long number, CancellationToken cancellationToken);

    /// <summary>Page by page; a cursor belongs to the order that gave it.</summary>
    ValueTask<Page<Case>> ListAsync(
        CaseFilter filter,
        PageRequest page,
        CancellationToken cancellationToken,
        CaseOrder order = CaseOrder.Newest
    );

    /// <summary>How many cases there are of each queue and status, of those that the filter leaves; what has none is missing.</summary>
    ValueTask<IReadOnlyList<CaseCount>> CountAsync(CaseFilter filter, CancellationToken cancellationToken);
}
