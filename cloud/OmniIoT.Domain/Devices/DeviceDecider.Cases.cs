using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    /// <summary>Why no second case is opened for the owner's device.</summary>
    public const string UnresolvedCase = "DeviceHasUnresolvedCase";

    private const string DefaultQueue = "support";

    private void OpenCase(Decision decision, CaseTemplate template, CaseOpener opener, Alarm alarm, Instant at, Wording why)
    {
        HoldCase(
            decision.Open(
                new NewCase(Render(decision.Moment, template.Title), PriorityOf(template), template.Queue ?? DefaultQueue)
                {
                    CustomerId = _state.Facts.Registration.CustomerId,
                    DeviceId = Id,
                    Model = _state.Facts.Registration.Model,
                    AlarmIds = [alarm.Id],
                    Article = template.Article,
                    Opener = opener,
                    Actor = Actor,
                    At = at,
                    FirstSymptomAt = alarm.FirstSymptomAt,
                    Why = why,
                }
            ),
            [alarm.Type]
        );
    }

    private void JoinCase(Decision decision, Case @case, RuleDefinition rule, Alarm alarm, Instant at)
    {
        // What was over before the repair says nothing of it.
        bool isPast = alarm.ClearedAt <= @case.UpdatedAt;
        bool isRelapse =
            @case.Status is CaseStatus.Verifying && !isPast && (rule.Case is not null || _state.Facts.CaseAlarmTypes.Contains(rule.Type));
        Case joined = @case.Join(alarm, PriorityOf(rule), decision.Moment.Catalog.Desk, decision.Moment.Now);
        if (isRelapse)
        {
            joined = joined.Reopen(decision.Moment.Catalog.Desk, decision.Moment.Now) with { Version = @case.Version + 1 };
            decision.Write(
                joined,
                TimelineKind.CaseReopened,
                Actor,
                at,
                joined.Says(SentenceKinds.CaseRelapsed, ("type", rule.Type)),
                CaseDesk.PriorityChange(@case, joined)
            );
        }
        else
        {
            decision.Write(
                joined,
                TimelineKind.CaseUpdated,
                Actor,
                at,
                joined.Says(SentenceKinds.CaseJoined, ("type", rule.Type)),
                CaseDesk.PriorityChange(@case, joined)
            );
        }
        HoldCase(joined, [.. _state.Facts.CaseAlarmTypes.Append(rule.Type).Distinct()]);
    }

    private static CasePriority PriorityOf(CaseTemplate template) =>
        Enum.TryParse(template.Priority, ignoreCase: true, out CasePriority parsed) ? parsed : CasePriority.Normal;

    /// <summary>Of an alarm in a case: what its rule says of cases, else by its severity.</summary>
    private static CasePriority PriorityOf(RuleDefinition rule) =>
        rule switch
        {
            { Case: { } template } => PriorityOf(template),
            { Severity: Severity.Critical } => CasePriority.Urgent,
            { Severity: Severity.Major } => CasePriority.High,
            { Severity: Severity.Minor } => CasePriority.Normal,
            _ => CasePriority.Low,
        };

    /// <summary>Remembers the case while it is unresolved.</summary>
    private void HoldCase(Case @case, IReadOnlyList<string> alarmTypes)
    {
        bool held = @case.IsUnresolved;
        _state.Facts = _state.Facts with
        {
            Case = held ? @case : null,
            CaseAlarmTypes = held ? alarmTypes : [],
            HealthySince = held && @case.Status is CaseStatus.Verifying ? _state.Facts.HealthySince : null,
        };
    }

    /// <summary>While none of the case's alarms is active, time counts towards its healthy telemetry.</summary>
    private void BeginVerification(Instant at)
    {
        if (_state.Facts.Case is not { Status: CaseStatus.Verifying })
            return;
        bool isHealthy = !_state.Facts.Alarms.Any(alarm => _state.Facts.CaseAlarmTypes.Contains(alarm.Type));
        _state.Facts = _state.Facts with { HealthySince = isHealthy ? at : null };
    }

    /// <param name="lastAt">When the device measured last before.</param>
    /// <param name="wasHealthy">Whether time counted as healthy since then.</param>
    private void Verify(Decision decision, Instant at, Instant? lastAt, bool wasHealthy)
    {
        if (_state.Facts.HealthySince is not null)
            FinishVerification(decision, at, wasHealthy ? lastAt : null);
        else
            NoticeRelapse(decision, at, lastAt);
    }

    /// <summary>
    /// Resolves the case when the telemetry was healthy for long enough. Silence is not health: what a gap lasts beyond the time in
    /// which a reading was expected does not count.
    /// </summary>
    private void FinishVerification(Decision decision, Instant at, Instant? lastHealthyAt)
    {
        if (_state.Facts is not { Case: { Status: CaseStatus.Verifying } @case, HealthySince: { } since })
            return;
        // What was measured before the repair says nothing of how long it was silent since.
        if (at - (lastHealthyAt > since ? lastHealthyAt : since) is { } gap && lastHealthyAt is not null && gap > _state.Model!.LongestGap)
        {
            since += gap - _state.Model.LongestGap;
            _state.Facts = _state.Facts with { HealthySince = since };
        }
        if (at - since < _state.Model!.HealthyFor)
            return;
        Case verified = @case.Verified(decision.Moment.Catalog.Desk, at, decision.Moment.Now);
        decision.Write(verified, TimelineKind.CaseResolved, Actor, at, verified.Says(SentenceKinds.CaseVerified), verified.Resolution);
        HoldCase(verified, []);
    }

    /// <summary>
    /// A device that was silent since the resolution, and whose first words are those of the trouble, has relapsed: its alarm never
    /// cleared, so that no new one tells.
    /// </summary>
    private void NoticeRelapse(Decision decision, Instant at, Instant? lastAt)
    {
        if (_state.Facts.Case is not { } verifying || at <= verifying.UpdatedAt || !(at - lastAt > _state.Model!.LongestGap))
            return;
        Alarm? standing = _state.Facts.Alarms.FirstOrDefault(alarm =>
            _state.Facts.CaseAlarmTypes.Contains(alarm.Type) && StillHolds(alarm.Type)
        );
        if (standing is null)
            return;
        Case reopened = verifying.Reopen(decision.Moment.Catalog.Desk, decision.Moment.Now);
        decision.Write(
            reopened,
            TimelineKind.CaseReopened,
            Actor,
            at,
            reopened.Says(SentenceKinds.CaseRelapsedAfterSilence, ("type", standing.Type)),
            Describe(standing)
        );
        HoldCase(reopened, _state.Facts.CaseAlarmTypes);
    }

    private bool StillHolds(string alarmType) =>
        _state.Model!.RuleSet.IndexOf(alarmType) is >= 0 and var rule
        && _state.Model.RuleSet.StillHolds(_state.Rules!, rule, _state.Values);

    public Reply<Case> Handle(Decision decision, OpenCase request)
    {
        if (OwnersCase(decision.Moment) is { } unresolved)
            return Rejection.Conflict(UnresolvedCase, $"Device '{Id}' has the unresolved case {unresolved.Number} ({unresolved.Id}).");
        string? owner = _state.Facts.Registration.CustomerId;
        bool isOwners = request.CustomerId is null || decision.Moment.Catalog.Merges.AreOne(request.CustomerId, owner);
        if (!isOwners)
            return OpenForAnother(decision, request);
        NewCase asked = NewCase.Of(request, decision.Moment.Now);
        Case opened = decision.Open(
            asked with
            {
                CustomerId = owner,
                DeviceId = Id,
                Model = _state.Facts.Registration.Model,
                AlarmIds = [.. _state.Facts.Alarms.Select(alarm => alarm.Id)],
                FirstSymptomAt = _state.Facts.Alarms.Select(alarm => alarm.FirstSymptomAt).Append(asked.At).Min(),
            }
        );
        HoldCase(opened, [.. _state.Facts.Alarms.Select(alarm => alarm.Type)]);
        foreach (Alarm alarm in _state.Facts.Alarms)
            decision.Emit(new PutAlarm(alarm with { CaseId = opened.Id }));
        _state.Facts = _state.Facts with { Alarms = [.. _state.Facts.Alarms.Select(alarm => alarm with { CaseId = opened.Id })] };
        return opened;
    }

    /// <summary>Somebody else than the owner has to do with the device: their case, which none of its alarms join.</summary>
    private Case OpenForAnother(Decision decision, OpenCase request) =>
        decision.Open(NewCase.Of(request, decision.Moment.Now) with { DeviceId = Id, Model = _state.Facts.Registration.Model });

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, ChangeCase request, Case stored)
    {
        Case @case = Current(stored);
        bool isReopening = request.Status is { } to && CaseTransitions.IsReopening(@case.Status, to);
        bool isOwners = IsOwners(decision.Moment, @case);
        if (isReopening && isOwners && OwnersCase(decision.Moment) is { } other && other.Id != @case.Id)
            return Rejection.Conflict(UnresolvedCase, $"Device '{Id}' has the unresolved case {other.Number} already.");
        Reply<Case> reply = decision.Change(@case, request);
        if (reply.Result is not { } changed)
            return reply;
        if (IsHeld(changed))
            HoldCase(changed, _state.Facts.CaseAlarmTypes);
        else if (isOwners && changed.IsUnresolved && OwnersCase(decision.Moment) is null)
            HoldCase(changed, [.. _state.Facts.Alarms.Select(alarm => alarm.Type)]);
        return reply;
    }

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, ResolveCase request, Case stored)
    {
        Case @case = Current(stored);
        // Telemetry proves only the repair of whose device it is.
        bool verify = IsHeld(@case) && IsOwners(decision.Moment, @case);
        Reply<Case> reply = decision.Resolve(
            @case,
            request,
            verify,
            verify ? _state.DeviceTime ?? decision.Moment.Now : decision.Moment.Now
        );
        if (reply.Result is not { } verifying || !IsHeld(@case))
            return reply;
        HoldCase(verifying, _state.Facts.CaseAlarmTypes);
        FinishMaintenance(decision, verifying, request.Actor);
        BeginVerification(InDeviceTime(decision.Moment.Now));
        return reply;
    }

    /// <summary>
    /// What the device's clock says at an arrival time, by how far it was behind when it was last heard, to the second: only what is
    /// measured after a repair can show that it helped, and a device may be slow, or tell what it kept.
    /// </summary>
    private Instant InDeviceTime(Instant now) =>
        _state is { DeviceTime: { } newest, LastSeenAt: { } seen }
            ? Instant.Max(newest, newest + TimeSpan.FromSeconds(Math.Floor((now - seen).TotalSeconds)))
            : now;

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<TimelineEntry> Handle(Decision decision, NoteCase request, Case stored)
    {
        (TimelineEntry note, Case noted) = decision.Note(Current(stored), request);
        Remember(noted);
        return note;
    }

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, AnswerCase request, Case stored) => Remember(decision.Answer(Current(stored), request));

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, AskOfCase request, Case stored) => Remember(decision.Ask(Current(stored), request));

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, CheckCase request, Case stored) => Remember(decision.Check(Current(stored)));

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(Decision decision, RouteCase request, Case stored)
    {
        Reply<Case> reply = decision.Route(Current(stored), request);
        return reply.Result is { } routed ? Remember(routed) : reply;
    }

    private Case Remember(Case @case)
    {
        if (IsHeld(@case))
            _state.Facts = _state.Facts with { Case = @case };
        return @case;
    }

    private Case Current(Case stored) => IsHeld(stored) ? _state.Facts.Case! : stored;

    private bool IsHeld(Case @case) => _state.Facts.Case?.Id == @case.Id;
}
