using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Cases;

/// <summary>A request about a case: whoever asks the grain also shows it the case as stored.</summary>
public interface ICaseRequest
{
    string CaseId { get; }
}

public sealed record OpenCase(
    string? CustomerId, string? DeviceId, string Title, CasePriority Priority, string Queue, CaseOpener OpenedBy, string Actor) : GrainRequest<Case>;

/// <summary>Changes what is not null. <paramref name="Assignee"/> empty unassigns.</summary>
public sealed record ChangeCase(
    string CaseId, string Actor, CaseStatus? Status, CasePriority? Priority, string? Queue, string? Assignee, string? Title,
    int? ExpectedVersion) : GrainRequest<Case>, ICaseRequest;

public sealed record ResolveCase(string CaseId, string? Resolution, string Actor, int? ExpectedVersion) : GrainRequest<Case>, ICaseRequest;

public sealed record NoteCase(string CaseId, string Text, string Actor) : GrainRequest<TimelineEntry>, ICaseRequest;
