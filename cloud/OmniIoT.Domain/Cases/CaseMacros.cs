using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Devices;

namespace OmniIoT.Domain.Cases;

/// <summary>What macros and triggers do to a case, all or nothing; whoever owns it takes its own memory back after a rejection.</summary>
internal static class CaseMacros
{
    public static Reply<Case> ActAll(this Decision decision, ActOnCase request, Case stored, ICaseHands hands)
    {
        if (stored.Deeds.HasDone(request.Key))
            return stored;
        if (request.ExpectedVersion is { } expected && expected != stored.Version)
            return Rejection.Stale("Case", expected, stored.Version);
        int count = decision.Effects.Count;
        Case @case = stored;
        foreach (DeskAction action in request.Actions)
        {
            Reply<Case> reply = Act(@case, action, request.Actor, hands);
            if (reply.Result is not { } changed)
            {
                decision.UndoTo(count);
                return reply;
            }
            @case = changed;
        }
        return request.Key is null ? @case : hands.Keep(@case with { Deeds = @case.Deeds.And(request.Key) });
    }

    private static Reply<Case> Act(Case @case, DeskAction action, string actor, ICaseHands hands) =>
        action switch
        {
            { Note: { } words } => hands.Note(new NoteCase(@case.Id, words, actor), @case),
            { Set: { } set } => hands.Change(ChangeOf(@case, set, actor), @case),
            { Transfer: { } to } => Transfer(@case, to, actor, hands),
            { Resolve: { } resolve } => hands.Resolve(new ResolveCase(@case.Id, resolve.Resolution, actor, null), @case),
            { Command: { } command } => hands.Send(new SendCommand(command.Name, command.Arguments?.DeepClone(), null, actor))
                is { } refused
                ? refused
                : @case,
            _ => @case,
        };

    /// <summary>To a queue, where it is nobody's, or to a person.</summary>
    private static Reply<Case> Transfer(Case @case, TransferOrder to, string actor, ICaseHands hands)
    {
        Reply<Case> reply = hands.Change(ChangeOf(@case, new SetFields(Queue: to.Queue, Assignee: to.Assignee ?? ""), actor), @case);
        return reply.Result is { } handed && to.Note is { } note ? hands.Note(new NoteCase(@case.Id, note, actor), handed) : reply;
    }

    private static ChangeCase ChangeOf(Case @case, SetFields set, string actor) =>
        new()
        {
            CaseId = @case.Id,
            Actor = actor,
            Status = set.Status,
            Priority = set.Priority,
            Queue = set.Queue,
            Assignee = set.Assignee,
            Title = null,
            ExpectedVersion = null,
        };
}
