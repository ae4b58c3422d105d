using OmniIoT.Domain.Cases;

namespace OmniIoT.Ports.Queries;

/// <summary><see cref="Unresolved"/> true: open, pending or verifying. <see cref="Assignee"/> empty: unassigned.</summary>
public sealed record CaseFilter(
    CaseStatus? Status = null,
    string? DeviceId = null,
    string? CustomerId = null,
    string? Assignee = null,
    string? Queue = null,
    CasePriority? Priority = null,
    string? Text = null,
    bool? Unresolved = null
);

public interface ICaseQueries
{
    ValueTask<Case?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Newest first, by number.</summary>
    ValueTask<Page<Case>> ListAsync(
        CaseFilter filter,
        PageRequest page,
        CancellationToken cancellationToken
    );
}
