using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Cases;

/// <summary>Writes cases down: the case and what its customer's timeline says of it, as effects of one decision.</summary>
internal static class CaseDesk
{
    public static Case Open(
        this DecisionScope scope,
        string? customerId,
        string? deviceId,
        IReadOnlyList<string> alarmIds,
        string title,
        CasePriority priority,
        string queue,
        string? article,
        CaseOpener opener,
        string actor,
        Instant at,
        Instant firstSymptomAt,
        Wording why = default
    )
    {
        Case opened = new(
            scope.NewId(),
            scope.NextCaseNumber(),
            customerId,
            deviceId,
            alarmIds,
            title,
            CaseStatus.Open,
            priority,
            queue,
            Assignee: null,
            opener,
            at,
            firstSymptomAt,
            ResolvedAt: null,
            ReopenedCount: 0,
            CaseSlaTargets.For(priority, firstSymptomAt),
            Resolution: null,
            article,
            scope.Now,
            Version: 1
        );
        scope.Write(opened, TimelineKind.CaseOpened, actor, at, opened.Says(SentenceKinds.CaseOpened, ("title", title)), why);
        return opened;
    }

    /// <summary>Changes a case as a person asked; names on the timeline what changed.</summary>
    public static Reply<Case> Change(this DecisionScope scope, Case @case, ChangeCase change)
    {
        Reply<Case> reply = @case.Change(change, scope.Now);
        if (reply.Result is not { } changed)
            return reply;
        bool reopened = change.Status is { } to && CaseTransitions.IsReopening(@case.Status, to);
        scope.Write(
            changed,
            reopened ? TimelineKind.CaseReopened : TimelineKind.CaseUpdated,
            change.Actor,
            scope.Now,
            changed.Says(reopened ? SentenceKinds.CaseReopened : SentenceKinds.CaseUpdated),
            Differences(@case, changed)
        );
        return changed;
    }

    public static Reply<Case> Resolve(this DecisionScope scope, Case @case, ResolveCase request, bool verify, Instant at)
    {
        Reply<Case> reply = @case.Resolve(request, verify, at, scope.Now);
        if (reply.Result is not { } changed)
            return reply;
        (string kind, string says) = verify
            ? (TimelineKind.CaseVerifying, SentenceKinds.CaseVerifying)
            : (TimelineKind.CaseResolved, SentenceKinds.CaseResolved);
        scope.Write(changed, kind, request.Actor, scope.Now, changed.Says(says), changed.Resolution);
        return changed;
    }

    /// <summary>The customer was answered, on whatever channel; it stands on the timeline already.</summary>
    public static Case Answer(this DecisionScope scope, Case @case, AnswerCase request)
    {
        Case answered = @case.Answer(request.At, scope.Now);
        if (!ReferenceEquals(answered, @case))
            scope.Emit(new PutCase(answered));
        return answered;
    }

    public static TimelineEntry Note(this DecisionScope scope, Case @case, NoteCase request)
    {
        TimelineEntry note = Entry(
            scope,
            @case,
            TimelineKind.NoteAdded,
            request.Actor,
            scope.Now,
            Sentence.Of(SentenceKinds.Note),
            request.Text
        );
        scope.Emit(new AppendTimeline(note));
        return note;
    }

    public static void Write(this DecisionScope scope, Case @case, string kind, string actor, Instant at, Wording title, Wording text)
    {
        scope.Emit(new PutCase(@case));
        scope.Emit(new AppendTimeline(Entry(scope, @case, kind, actor, at, title, text)));
    }

    /// <summary>A sentence about the case, by its number.</summary>
    public static Sentence Says(this Case @case, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        Sentence.Of(kind, [("number", @case.Number), .. values]);

    /// <summary>That the priority is another now; null when it is not.</summary>
    public static Sentence? PriorityChange(Case before, Case after) =>
        Difference(SentenceKinds.ChangedPriority, Word(before.Priority), Word(after.Priority));

    private static TimelineEntry Entry(DecisionScope scope, Case @case, string kind, string actor, Instant at, Wording title, Wording text)
    {
        string channel = actor.StartsWith("device:", StringComparison.Ordinal) ? "device" : "console";
        return scope.Entry(
            @case.CustomerId,
            at,
            kind,
            channel,
            TimelineDirection.Internal,
            actor,
            title,
            text,
            new TimelineRefs(CaseId: @case.Id, DeviceId: @case.DeviceId),
            new JsonObject { ["number"] = @case.Number, ["status"] = Word(@case.Status) }
        );
    }

    private static Wording Differences(Case before, Case after)
    {
        Sentence?[] all =
        [
            Difference(SentenceKinds.ChangedStatus, Word(before.Status), Word(after.Status)),
            PriorityChange(before, after),
            Difference(SentenceKinds.ChangedQueue, before.Queue, after.Queue),
            Difference(SentenceKinds.ChangedAssignee, before.Assignee, after.Assignee),
            before.Title == after.Title ? null : Sentence.Of(SentenceKinds.ChangedTitle, ("title", after.Title)),
        ];
        return Wording.Of([.. all.OfType<Sentence>()]);
    }

    private static Sentence? Difference(string kind, string? before, string? after) =>
        before == after ? null : Sentence.Of(kind, ("before", before), ("after", after));

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
