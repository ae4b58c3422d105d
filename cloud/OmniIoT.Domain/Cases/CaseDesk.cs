using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Cases;

/// <summary>Writes cases down: the case and what its customer's timeline says of it, as effects of one decision.</summary>
internal static class CaseDesk
{
    public const string DeviceChannel = "device";

    public static Case Open(this Decision decision, NewCase wanted)
    {
        Case opened = new()
        {
            Id = wanted.Id ?? decision.Moment.NewId(),
            Number = decision.Moment.NextCaseNumber(),
            CustomerId = wanted.CustomerId,
            DeviceId = wanted.DeviceId,
            Model = wanted.Model,
            Channel = wanted.DeviceId is not null && wanted.Opener is (CaseOpener.Device or CaseOpener.Rule) ? DeviceChannel : null,
            AlarmIds = wanted.AlarmIds,
            Title = wanted.Title,
            Status = CaseStatus.Open,
            Priority = wanted.Priority,
            Queue = wanted.Queue,
            Assignee = null,
            OpenedBy = wanted.Opener,
            OpenedAt = wanted.At,
            FirstSymptomAt = wanted.FirstSymptomAt,
            ResolvedAt = null,
            ReopenedCount = 0,
            Sla = decision.Moment.Catalog.Desk.TermsOf(wanted.Queue, wanted.Priority).Start(wanted.FirstSymptomAt),
            Resolution = null,
            Article = wanted.Article,
            UpdatedAt = decision.Moment.Now,
            Version = 1,
        };
        decision.CountOpened(opened);
        decision.Write(
            opened,
            TimelineKind.CaseOpened,
            wanted.Actor,
            wanted.At,
            opened.Says(SentenceKinds.CaseOpened, ("title", wanted.Title)),
            wanted.Why
        );
        return opened;
    }

    /// <summary>Changes a case as a person asked; names on the timeline what changed.</summary>
    public static Reply<Case> Change(this Decision decision, Case @case, ChangeCase change)
    {
        Reply<Case> reply = @case.Change(change, decision.Moment.Catalog.Desk, decision.Moment.Now);
        if (reply.Result is not { } changed)
            return reply;
        if (@case.IsUnresolved && !changed.IsUnresolved)
            decision.CountClosed(changed, verified: false);
        bool reopened = change.Status is { } to && CaseTransitions.IsReopening(@case.Status, to);
        decision.Write(
            changed,
            reopened ? TimelineKind.CaseReopened : TimelineKind.CaseUpdated,
            change.Actor,
            decision.Moment.Now,
            changed.Says(reopened ? SentenceKinds.CaseReopened : SentenceKinds.CaseUpdated),
            Differences(@case, changed)
        );
        return changed;
    }

    public static Reply<Case> Resolve(this Decision decision, Case @case, ResolveCase request, bool verify, Instant at)
    {
        Reply<Case> reply = @case.Resolve(request, decision.Moment.Catalog.Desk, verify, (at, decision.Moment.Now));
        if (reply.Result is not { } changed)
            return reply;
        (string kind, string says) = verify
            ? (TimelineKind.CaseVerifying, SentenceKinds.CaseVerifying)
            : (TimelineKind.CaseResolved, SentenceKinds.CaseResolved);
        decision.Write(changed, kind, request.Actor, decision.Moment.Now, changed.Says(says), changed.Resolution);
        return changed;
    }

    /// <summary>The customer was answered, on whatever channel; it stands on the timeline already.</summary>
    public static Case Answer(this Decision decision, Case @case, AnswerCase request)
    {
        Case answered = @case.Answer(request.At, decision.Moment.Now);
        if (!ReferenceEquals(answered, @case))
            decision.Emit(new PutCase(answered));
        return answered;
    }

    /// <summary>The customer said something, on whatever channel; it stands on the timeline already.</summary>
    public static Case Ask(this Decision decision, Case @case, AskOfCase request)
    {
        Case asked = @case.Ask(decision.Moment.Catalog.Desk, request.At, decision.Moment.Now);
        if (!@case.IsAsked)
        {
            decision.CountAsked(@case, request.Channel);
            asked = asked with
            {
                IsAsked = true,
                Channel = @case.Channel ?? request.Channel,
                UpdatedAt = decision.Moment.Now,
                Version = @case.Version + 1,
            };
        }
        if (!ReferenceEquals(asked, @case))
            decision.Emit(new PutCase(asked));
        return asked;
    }

    /// <summary>
    /// Tells what of the customer's promises is nearly over, or is. The case is written in any case: it says when to look next.
    /// </summary>
    public static Case Check(this Decision decision, Case @case)
    {
        (SlaClock clock, IReadOnlyList<SlaAlert> alerts) = @case.Sla.Check(decision.Moment.Now);
        Case told = @case.WithSla(clock, decision.Moment.Now);
        decision.Emit(new PutCase(told));
        foreach (SlaAlert alert in alerts)
        {
            TimelineEntry entry = Entry(decision.Moment, told, alert.Kind(), "system", alert.At, alert.Says(), default);
            entry.Data!["target"] = JsonNamingPolicy.CamelCase.ConvertName(alert.Target.ToString());
            entry.Data!["dueAt"] = alert.DueAt.ToString();
            decision.Emit(new AppendTimeline(entry));
            if (alert.IsBreach)
                decision.Count(Measures.Breached, CaseFigures.Of(told));
            decision.SetOff(alert.Event(), () => TriggerFacts.Of(told, decision.Moment.Now).About(alert.Target), About(told));
        }
        return told;
    }

    /// <summary>As the router found; names on the timeline what changed.</summary>
    public static Reply<Case> Route(this Decision decision, Case @case, RouteCase request)
    {
        Reply<Case> reply = @case.Route(request, decision.Moment.Catalog.Desk, decision.Moment.Now);
        if (reply.Result is { } routed)
            decision.Write(
                routed,
                TimelineKind.CaseUpdated,
                "system",
                decision.Moment.Now,
                routed.Says(SentenceKinds.CaseUpdated),
                Differences(@case, routed)
            );
        return reply;
    }

    public static (TimelineEntry Note, Case Case) Note(this Decision decision, Case @case, NoteCase request)
    {
        if (@case.OfferedAt is not null && @case.IsAssignees(request.Actor))
            decision.Emit(new PutCase(@case = @case.Taken(decision.Moment.Now)));
        TimelineEntry note = Entry(
            decision.Moment,
            @case,
            TimelineKind.NoteAdded,
            request.Actor,
            decision.Moment.Now,
            Sentence.Of(SentenceKinds.Note),
            request.Says is { } says ? says : request.Text
        );
        if (ReplyNames.Mentioned(request.Text) is { Count: > 0 } mentions)
            note.Data!["mentions"] = new JsonArray([.. mentions.Select(static agent => (JsonNode?)agent)]);
        decision.Emit(new AppendTimeline(note));
        return (note, @case);
    }

    public static void Write(this Decision decision, Case @case, string kind, string actor, Instant at, Wording title, Wording text)
    {
        decision.Emit(new PutCase(@case));
        decision.Emit(new AppendTimeline(Entry(decision.Moment, @case, kind, actor, at, title, text)));
        if (kind == TimelineKind.CaseResolved)
        {
            decision.CountClosed(@case, title.Sentences.Any(static one => one.Kind == SentenceKinds.CaseVerified));
            decision.AskAbout(@case);
        }
        if (!Trigger.IsActor(actor))
            decision.SetOff(
                kind == TimelineKind.CaseOpened ? TriggerEvent.CaseOpened : TriggerEvent.CaseUpdated,
                () => TriggerFacts.Of(@case, decision.Moment.Now),
                About(@case)
            );
    }

    /// <summary>Whoever has the talk with the customer is told, where a survey may follow.</summary>
    private static void AskAbout(this Decision decision, Case @case)
    {
        Moment moment = decision.Moment;
        if (
            @case.CustomerId is { } customer
            && @case.Title != Case.FollowUpTitle
            && moment.Catalog.Surveys.Values.Any(static survey => survey is { Enabled: true, On: SurveyOccasion.CaseResolved })
        )
            decision.Emit(
                new Tell(
                    new GrainLetter(
                        moment.NewId(),
                        new CaseEnded(
                            customer,
                            moment.Now,
                            new SurveySubject
                            {
                                CaseId = @case.Id,
                                DeviceId = @case.DeviceId,
                                Queue = @case.Queue,
                                Agent = @case.Assignee,
                            }
                        )
                    )
                )
            );
    }

    private static ActionsDue About(Case @case) => new("", "", @case.CustomerId, []) { CaseId = @case.Id, DeviceId = @case.DeviceId };

    /// <summary>A sentence about the case, by its number.</summary>
    public static Sentence Says(this Case @case, string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> values) =>
        Sentence.Of(kind, [("number", @case.Number), .. values]);

    /// <summary>That the priority is another now; null when it is not.</summary>
    public static Sentence? PriorityChange(Case before, Case after) =>
        Difference(SentenceKinds.ChangedPriority, Word(before.Priority), Word(after.Priority));

    private static TimelineEntry Entry(Moment moment, Case @case, string kind, string actor, Instant at, Wording title, Wording text)
    {
        string channel = actor.StartsWith("device:", StringComparison.Ordinal) ? DeviceChannel : "console";
        return moment.Entry(
            new Happening(kind, actor, title, text)
            {
                CustomerId = @case.CustomerId,
                At = at,
                Channel = channel,
                Direction = TimelineDirection.Internal,
                Refs = new TimelineRefs { CaseId = @case.Id, DeviceId = @case.DeviceId },
                Data = new JsonObject { ["number"] = @case.Number, ["status"] = Word(@case.Status) },
            }
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
