using OmniIoT.Devices;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    private const string DefaultQueue = "support";

    private void OpenCase(
        DecisionScope scope,
        CaseTemplate template,
        CaseOpener opener,
        Alarm alarm,
        Instant at,
        string why
    )
    {
        CasePriority priority = Enum.TryParse(
            template.Priority,
            ignoreCase: true,
            out CasePriority parsed
        )
            ? parsed
            : CasePriority.Normal;
        HoldCase(
            scope.Open(
                _state.Facts.Registration.CustomerId,
                Id,
                [alarm.Id],
                Render(scope, template.Title),
                priority,
                template.Queue ?? DefaultQueue,
                template.Article,
                opener,
                Actor,
                at,
                alarm.FirstSymptomAt,
                why
            ),
            [alarm.Type]
        );
    }

    private void JoinCase(
        DecisionScope scope,
        Case @case,
        RuleDefinition rule,
        Alarm alarm,
        Instant at
    )
    {
        bool isRelapse =
            @case.Status is CaseStatus.Verifying
            && (rule.Case is not null || _state.Facts.CaseAlarmTypes.Contains(rule.Type));
        Case joined = @case.Join(alarm.Id, scope.Now);
        if (isRelapse)
        {
            joined = joined.Reopen(scope.Now) with { Version = @case.Version + 1 };
            scope.Write(
                joined,
                TimelineKind.CaseReopened,
                Actor,
                at,
                $"Case {joined.Number} reopened: {rule.Type} is back",
                null
            );
        }
        else
        {
            scope.Write(
                joined,
                TimelineKind.CaseUpdated,
                Actor,
                at,
                $"Case {joined.Number}: {rule.Type} joined",
                null
            );
        }
        HoldCase(joined, [.. _state.Facts.CaseAlarmTypes.Append(rule.Type).Distinct()]);
    }

    /// <summary>Remembers the case while it is unresolved.</summary>
    private void HoldCase(Case @case, IReadOnlyList<string> alarmTypes)
    {
        bool held = @case.IsUnresolved;
        _state.Facts = _state.Facts with
        {
            Case = held ? @case : null,
            CaseAlarmTypes = held ? alarmTypes : [],
            HealthySince =
                held && @case.Status is CaseStatus.Verifying ? _state.Facts.HealthySince : null,
        };
    }

    /// <summary>While none of the case's alarms is active, time counts towards its healthy telemetry.</summary>
    private void BeginVerification(Instant at)
    {
        if (_state.Facts.Case is not { Status: CaseStatus.Verifying })
            return;
        bool isHealthy = !_state.Facts.Alarms.Any(alarm =>
            _state.Facts.CaseAlarmTypes.Contains(alarm.Type)
        );
        _state.Facts = _state.Facts with { HealthySince = isHealthy ? at : null };
    }

    /// <summary>
    /// Resolves the case when the telemetry was healthy for long enough. Silence is not health: what a gap lasts beyond the time in
    /// which a reading was expected does not count.
    /// </summary>
    private void FinishVerification(DecisionScope scope, Instant at, Instant? lastHealthyAt)
    {
        if (
            _state.Facts
            is not { Case: { Status: CaseStatus.Verifying } @case, HealthySince: { } since }
        )
            return;
        if (at - lastHealthyAt is { } gap && gap > _state.Model!.LongestGap)
        {
            since += gap - _state.Model.LongestGap;
            _state.Facts = _state.Facts with { HealthySince = since };
        }
        if (at - since < _state.Model!.HealthyFor)
            return;
        Case verified = @case.Verified(at, scope.Now);
        scope.Write(
            verified,
            TimelineKind.CaseResolved,
            Actor,
            at,
            $"Case {verified.Number} resolved: its telemetry stayed healthy",
            verified.Resolution
        );
        HoldCase(verified, []);
    }

    public Reply<Case> Handle(DecisionScope scope, OpenCase request)
    {
        if (_state.Facts.Case is { } unresolved)
            return Rejection.Conflict(
                "DeviceHasUnresolvedCase",
                $"Device '{Id}' has the unresolved case {unresolved.Number} ({unresolved.Id})."
            );
        Instant at = scope.Now;
        Case opened = scope.Open(
            request.CustomerId ?? _state.Facts.Registration.CustomerId,
            Id,
            [.. _state.Facts.Alarms.Select(alarm => alarm.Id)],
            request.Title,
            request.Priority,
            request.Queue,
            null,
            request.OpenedBy,
            request.Actor,
            at,
            _state.Facts.Alarms.Select(alarm => alarm.FirstSymptomAt).Append(at).Min()
        );
        HoldCase(opened, [.. _state.Facts.Alarms.Select(alarm => alarm.Type)]);
        foreach (Alarm alarm in _state.Facts.Alarms)
            scope.Emit(new PutAlarm(alarm with { CaseId = opened.Id }));
        _state.Facts = _state.Facts with
        {
            Alarms = [.. _state.Facts.Alarms.Select(alarm => alarm with { CaseId = opened.Id })],
        };
        return opened;
    }

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(DecisionScope scope, ChangeCase request, Case stored)
    {
        Case @case = Current(stored);
        bool isReopening =
            request.Status is { } to && CaseTransitions.IsReopening(@case.Status, to);
        if (isReopening && _state.Facts.Case is { } other && other.Id != @case.Id)
            return Rejection.Conflict(
                "DeviceHasUnresolvedCase",
                $"Device '{Id}' has the unresolved case {other.Number} already."
            );
        Reply<Case> reply = scope.Change(@case, request);
        if (
            reply.Result is { } changed
            && (changed.IsUnresolved || _state.Facts.Case?.Id == changed.Id)
        )
            HoldCase(
                changed,
                _state.Facts.Case is null
                    ? [.. _state.Facts.Alarms.Select(alarm => alarm.Type)]
                    : _state.Facts.CaseAlarmTypes
            );
        return reply;
    }

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<Case> Handle(DecisionScope scope, ResolveCase request, Case stored)
    {
        Reply<Case> reply = scope.Resolve(
            Current(stored),
            request,
            verify: true,
            _state.DeviceTime ?? scope.Now
        );
        if (reply.Result is not { } verifying)
            return reply;
        HoldCase(verifying, _state.Facts.CaseAlarmTypes);
        FinishMaintenance(scope, verifying, request.Actor);
        BeginVerification(_state.DeviceTime ?? scope.Now);
        return reply;
    }

    /// <param name="stored">The case as it stands in storage.</param>
    public Reply<TimelineEntry> Handle(DecisionScope scope, NoteCase request, Case stored)
    {
        Case @case = Current(stored);
        TimelineEntry note = scope.Note(@case, request);
        if (_state.Facts.Case?.Id == @case.Id)
            _state.Facts = _state.Facts with { Case = @case.Respond(scope.Now) };
        return note;
    }

    private Case Current(Case stored) =>
        _state.Facts.Case is { } held && held.Id == stored.Id ? held : stored;
}
