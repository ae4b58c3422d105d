using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
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
        string? why = null
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
        scope.Write(
            opened,
            TimelineKind.CaseOpened,
            actor,
            at,
            $"Case {opened.Number} opened: {title}",
            why
        );
        return opened;
    }

    /// <summary>Changes a case as a person asked; names on the timeline what changed.</summary>
    public static Reply<Case> Change(this DecisionScope scope, Case @case, ChangeCase change)
    {
        Reply<Case> reply = @case.Change(change, scope.Now);
        if (reply.Result is not { } changed)
            return reply;
        bool reopened = change.Status is { } to && CaseTransitions.IsReopening(@case.Status, to);
        changed = changed.Respond(scope.Now);
        scope.Write(
            changed,
            reopened ? TimelineKind.CaseReopened : TimelineKind.CaseUpdated,
            change.Actor,
            scope.Now,
            reopened ? $"Case {changed.Number} reopened" : $"Case {changed.Number} updated",
            Differences(@case, changed)
        );
        return changed;
    }

    public static Reply<Case> Resolve(
        this DecisionScope scope,
        Case @case,
        ResolveCase request,
        bool verify,
        Instant at
    )
    {
        Reply<Case> reply = @case.Resolve(request, verify, at, scope.Now);
        if (reply.Result is not { } changed)
            return reply;
        changed = changed.Respond(scope.Now);
        if (verify)
            scope.Write(
                changed,
                TimelineKind.CaseVerifying,
                request.Actor,
                scope.Now,
                $"Case {changed.Number}: the repair is being verified",
                changed.Resolution
            );
        else
            scope.Write(
                changed,
                TimelineKind.CaseResolved,
                request.Actor,
                scope.Now,
                $"Case {changed.Number} resolved",
                changed.Resolution
            );
        return changed;
    }

    public static TimelineEntry Note(this DecisionScope scope, Case @case, NoteCase request)
    {
        Case responded = @case.Respond(scope.Now);
        if (!ReferenceEquals(responded, @case))
            scope.Emit(new PutCase(responded));
        TimelineEntry note = Entry(
            scope,
            @case,
            TimelineKind.NoteAdded,
            request.Actor,
            scope.Now,
            "Note",
            request.Text
        );
        scope.Emit(new AppendTimeline(note));
        return note;
    }

    public static void Write(
        this DecisionScope scope,
        Case @case,
        string kind,
        string actor,
        Instant at,
        string title,
        string? text
    )
    {
        scope.Emit(new PutCase(@case));
        scope.Emit(new AppendTimeline(Entry(scope, @case, kind, actor, at, title, text)));
    }

    private static TimelineEntry Entry(
        DecisionScope scope,
        Case @case,
        string kind,
        string actor,
        Instant at,
        string title,
        string? text
    ) =>
        new(
            scope.NewId(),
            @case.CustomerId,
            at,
            scope.Now,
            kind,
            actor.StartsWith("device:", StringComparison.Ordinal) ? "device" : "console",
            TimelineDirection.Internal,
            actor,
            title,
            text,
            new TimelineRefs(CaseId: @case.Id, DeviceId: @case.DeviceId),
            new JsonObject
            {
                ["number"] = @case.Number,
                ["status"] = JsonValue.Create(@case.Status.ToString().ToLowerInvariant()),
            }
        );

    private static string? Differences(Case before, Case after)
    {
        List<string> said = [];
        if (before.Status != after.Status)
            said.Add($"status: {before.Status} → {after.Status}".ToLowerInvariant());
        if (before.Priority != after.Priority)
            said.Add($"priority: {before.Priority} → {after.Priority}".ToLowerInvariant());
        if (before.Queue != after.Queue)
            said.Add($"queue: {before.Queue} → {after.Queue}");
        if (before.Assignee != after.Assignee)
            said.Add($"assignee: {before.Assignee ?? "nobody"} → {after.Assignee ?? "nobody"}");
        if (before.Title != after.Title)
            said.Add($"title: {after.Title}");
        return said.Count == 0 ? null : string.Join("; ", said);
    }
}
