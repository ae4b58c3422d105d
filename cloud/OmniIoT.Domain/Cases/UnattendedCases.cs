using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Cases;

/// <summary>
/// Cases that no device stands behind: those of a customer alone, of a device that is no longer registered, of nobody. Nothing can
/// verify them, so that resolving ends them. Each comes as it stands in storage.
/// </summary>
public static class UnattendedCases
{
    public static Reply<Case> Handle(DecisionScope scope, ChangeCase request, Case stored) => scope.Change(stored, request);

    public static Reply<Case> Handle(DecisionScope scope, ResolveCase request, Case stored) =>
        scope.Resolve(stored, request, verify: false, scope.Now);

    public static Reply<Case> Handle(DecisionScope scope, AnswerCase request, Case stored) => scope.Answer(stored, request);

    public static Reply<TimelineEntry> Handle(DecisionScope scope, NoteCase request, Case stored) => scope.Note(stored, request);
}
