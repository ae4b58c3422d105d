using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Cases;

/// <summary>
/// Cases that no device stands behind: those of a customer alone, of a device that is no longer registered, of nobody. Nothing can
/// verify them, so that resolving ends them. Each comes as it stands in storage.
/// </summary>
public static class UnattendedCases
{
    public static Reply<Case> Handle(Decision decision, ChangeCase request, Case stored) => decision.Change(stored, request);

    public static Reply<Case> Handle(Decision decision, ResolveCase request, Case stored) =>
        decision.Resolve(stored, request, verify: false, decision.Moment.Now);

    public static Reply<Case> Handle(Decision decision, AnswerCase request, Case stored) => decision.Answer(stored, request);

    public static Reply<Case> Handle(Decision decision, AskOfCase request, Case stored) => decision.Ask(stored, request);

    public static Reply<Case> Handle(Decision decision, CheckCase request, Case stored) => decision.Check(stored);

    public static Reply<Case> Handle(Decision decision, RouteCase request, Case stored) => decision.Route(stored, request);

    public static Reply<Case> Handle(Decision decision, ActOnCase request, Case stored) =>
        decision.ActAll(request, stored, new Hands(decision));

    public static Reply<TimelineEntry> Handle(Decision decision, NoteCase request, Case stored) => decision.Note(stored, request).Note;

    /// <summary>Nothing stands behind the case that could take a command.</summary>
    private sealed class Hands(Decision decision) : ICaseHands
    {
        public Reply<Case> Change(ChangeCase change, Case known) => Handle(decision, change, known);

        public Reply<Case> Resolve(ResolveCase resolve, Case known) => Handle(decision, resolve, known);

        public Case Note(NoteCase note, Case known) => decision.Note(known, note).Case;

        public Rejection? Send(SendCommand command) => Rejection.Conflict("NoDevice", "The case has no device that could take a command.");

        public Case Keep(Case done)
        {
            decision.Emit(new PutCase(done));
            return done;
        }
    }
}
