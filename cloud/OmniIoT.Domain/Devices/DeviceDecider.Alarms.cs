using System.Text.Json.Nodes;
using OmniIoT.Devices;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    private void CheckSilence(DecisionScope scope)
    {
        if (_state is not { Model: { } model, Rules: { } rules, LastSeenAt: { } seen })
            return;
        scope.Transitions.Clear();
        model.RuleSet.CheckSilence(rules, _state.Values, seen, scope.Now, scope.Transitions);
        ApplyTransitions(scope);
    }

    private void ApplyTransitions(DecisionScope scope)
    {
        foreach (RuleTransition transition in scope.Transitions)
        {
            RuleDefinition rule = _state.Model!.Rules[transition.RuleIndex];
            Alarm? active = _state.Facts.Alarms.FirstOrDefault(alarm => alarm.Type == rule.Type);
            if (transition.Kind is RuleTransitionKind.Cleared)
            {
                if (active is not null)
                    Clear(scope, active, transition.At, Actor);
            }
            else if (active is null)
            {
                Raise(scope, rule, in transition);
            }
        }
    }

    private void Raise(DecisionScope scope, RuleDefinition rule, in RuleTransition transition)
    {
        RuleThreshold? threshold = _state.Model!.RuleSet[transition.RuleIndex].Threshold;
        Raise(
            scope,
            rule,
            CaseOpener.Device,
            new Alarm(
                scope.NewId(),
                Id,
                rule.Type,
                rule.Severity,
                transition.At,
                transition.FirstSymptomAt,
                transition.Value,
                _state.Facts.Registration.CustomerId
            )
            {
                Threshold = threshold is null
                    ? null
                    : new AlarmThreshold(threshold.Metric, threshold.Operator, threshold.Value),
            }
        );
    }

    private void Raise(DecisionScope scope, RuleDefinition rule, CaseOpener opener, Alarm alarm)
    {
        _state.Facts = _state.Facts with { Alarms = [.. _state.Facts.Alarms, alarm] };
        // The alarm's entry takes its id first: of equal times the timeline puts what came first below.
        string entryId = scope.NewId();
        bool remedied = rule.Remedy is { } remedy && TryRemedy(scope, rule, remedy, alarm);
        // The remedy goes before a new case; in one that is there already the alarm belongs at once.
        if (!remedied || _state.Facts.Case is not null)
            alarm = OpenOrJoin(scope, rule, opener, alarm, alarm.RaisedAt);
        scope.RaisedAlarms.Add(alarm.Severity);
        scope.Emit(new PutAlarm(alarm));
        AddTimeline(
            scope,
            entryId,
            TimelineKind.AlarmRaised,
            alarm.RaisedAt,
            $"{Name} raised {rule.Type}",
            Describe(alarm),
            alarm,
            null
        );
        if (rule.Notify is { } notice)
            Notify(scope, notice, alarm);
        BeginVerification(alarm.RaisedAt);
    }

    private void Clear(DecisionScope scope, Alarm alarm, Instant at, string actor)
    {
        PendingRemedy? remedy = _state.Facts.Remedies.FirstOrDefault(pending =>
            pending.AlarmType == alarm.Type
        );
        if (remedy is not null)
            _state.Facts = _state.Facts with
            {
                Remedies =
                [
                    .. _state.Facts.Remedies.Where(pending => pending.AlarmType != alarm.Type),
                ],
            };
        WriteCleared(scope, alarm, at, actor, remedy?.Command);
        BeginVerification(Instant.Min(at, _state.DeviceTime ?? at));
    }

    private void WriteCleared(
        DecisionScope scope,
        Alarm alarm,
        Instant at,
        string actor,
        string? curedBy = null
    )
    {
        Alarm cleared = alarm with { ClearedAt = at };
        _state.Facts = _state.Facts with
        {
            Alarms = [.. _state.Facts.Alarms.Where(other => other.Id != alarm.Id)],
        };
        scope.Emit(new PutAlarm(cleared));
        string? text = curedBy is null
            ? actor == Actor
                ? null
                : $"Cleared by {actor}"
            : $"Cured by the command {curedBy}";
        AddTimeline(
            scope,
            scope.NewId(),
            TimelineKind.AlarmCleared,
            at,
            $"{Name}: {alarm.Type} is over",
            text,
            cleared,
            curedBy is null ? null : new JsonObject { ["remedy"] = curedBy }
        );
    }

    /// <summary>Sends the rule's command first; the case waits for its effect.</summary>
    private bool TryRemedy(DecisionScope scope, RuleDefinition rule, Remedy remedy, Alarm alarm)
    {
        if (!_state.Model!.Commands.TryGetValue(remedy.Command, out CommandDefinition? definition))
            return false;
        DeviceCommand command = QueueCommand(
            scope,
            remedy.Command,
            null,
            definition.Timeout,
            "rule:" + rule.Type,
            null
        );
        PendingRemedy pending = new(
            rule.Type,
            remedy.Command,
            command.Id,
            alarm.RaisedAt + remedy.Wait,
            scope.Now + remedy.Wait
        );
        _state.Facts = _state.Facts with { Remedies = [.. _state.Facts.Remedies, pending] };
        return true;
    }

    /// <summary>Opens the cases of alarms that their remedies did not cure in time: device time, or ours when the device says nothing.</summary>
    private void FinishRemedies(DecisionScope scope, Instant? deviceTime)
    {
        foreach (PendingRemedy remedy in _state.Facts.Remedies.ToList())
        {
            if (!(deviceTime >= remedy.DueAt) && scope.Now < remedy.DueAtArrival)
                continue;
            _state.Facts = _state.Facts with
            {
                Remedies = [.. _state.Facts.Remedies.Where(other => other != remedy)],
            };
            RuleDefinition? rule = _state.Model?.Rules.FirstOrDefault(candidate =>
                candidate.Type == remedy.AlarmType
            );
            Alarm? alarm = _state.Facts.Alarms.FirstOrDefault(active =>
                active.Type == remedy.AlarmType
            );
            if (rule is null || alarm is null or { CaseId: not null })
                continue;
            Alarm joined = OpenOrJoin(
                scope,
                rule,
                CaseOpener.Device,
                alarm,
                Instant.Max(deviceTime ?? remedy.DueAt, alarm.RaisedAt),
                remedy.Command
            );
            if (joined.CaseId is not null)
                scope.Emit(new PutAlarm(joined));
        }
    }

    /// <summary>The alarm joins the device's unresolved case, or opens one when its rule says so.</summary>
    private Alarm OpenOrJoin(
        DecisionScope scope,
        RuleDefinition rule,
        CaseOpener opener,
        Alarm alarm,
        Instant at,
        string? triedBefore = null
    )
    {
        if (_state.Facts.Case is { } unresolved)
            JoinCase(scope, unresolved, rule, alarm, at);
        else if (rule.Case is { } template)
            OpenCase(
                scope,
                template,
                opener,
                alarm,
                at,
                triedBefore is null
                    ? Describe(alarm)
                    : $"{Describe(alarm)}; the command {triedBefore} did not cure it"
            );
        else
            return alarm;
        Alarm joined = alarm with { CaseId = _state.Facts.Case!.Id };
        _state.Facts = _state.Facts with
        {
            Alarms =
            [
                .. _state.Facts.Alarms.Select(other => other.Id == joined.Id ? joined : other),
            ],
        };
        return joined;
    }

    /// <summary>Tells the customer, unless it is old news. The words stand on the timeline in this commit; the app gets them from the outbox.</summary>
    private void Notify(DecisionScope scope, CustomerNotice notice, Alarm alarm)
    {
        if (
            _state.Facts.Registration.CustomerId is not { } customerId
            || scope.IsStale(alarm.RaisedAt)
        )
            return;
        string text = Render(scope, notice.Text);
        TimelineEntry entry = new(
            scope.NewId(),
            customerId,
            alarm.RaisedAt,
            scope.Now,
            TimelineKind.MessageSent,
            "app",
            TimelineDirection.Out,
            "system",
            "Notice",
            text,
            new TimelineRefs(DeviceId: Id, AlarmId: alarm.Id, CaseId: alarm.CaseId),
            []
        );
        scope.Emit(new AppendTimeline(entry));
        JsonObject payload = new()
        {
            ["id"] = entry.Id,
            ["at"] = entry.At.ToString(),
            ["text"] = text,
            ["deviceId"] = Id,
        };
        scope.Emit(
            new Enqueue(
                new Downlink(
                    scope.NewId(),
                    EntityId.Customer(customerId),
                    Topics.Messages(customerId),
                    Utf8(payload),
                    Retain: false,
                    "message:" + entry.Id,
                    scope.Now,
                    scope.Now + NoticeLifetime
                )
            )
        );
    }

    /// <summary>A notice that could not be handed over within a day is only on the timeline.</summary>
    private static readonly TimeSpan NoticeLifetime = TimeSpan.FromDays(1);

    private void AddTimeline(
        DecisionScope scope,
        string id,
        string kind,
        Instant at,
        string title,
        string? text,
        Alarm alarm,
        JsonObject? data
    )
    {
        if (_state.Facts.Registration.CustomerId is null && alarm.CaseId is null)
            return;
        JsonObject details = data ?? [];
        details["type"] = alarm.Type;
        details["severity"] = alarm.Severity.ToString().ToLowerInvariant();
        if (alarm.Value is { } value)
            details["value"] = value;
        scope.Emit(
            new AppendTimeline(
                new TimelineEntry(
                    id,
                    _state.Facts.Registration.CustomerId,
                    at,
                    scope.Now,
                    kind,
                    "device",
                    TimelineDirection.In,
                    Actor,
                    title,
                    text,
                    new TimelineRefs(DeviceId: Id, AlarmId: alarm.Id, CaseId: alarm.CaseId),
                    details
                )
            )
        );
    }

    private string Describe(Alarm alarm) =>
        alarm is { Value: { } value, Threshold: { } threshold }
            ? $"{threshold.Metric} is {value:0.##}{Unit(threshold.Metric)}, {threshold.Operator} {threshold.Bound:0.##}"
            : $"{alarm.Severity}".ToLowerInvariant();

    /// <summary>The unit as people write it; models name it by its UCUM code.</summary>
    private string Unit(string metric) =>
        _state.Model?.Metric(metric)?.Unit switch
        {
            null => "",
            "Cel" => " °C",
            "[degF]" => " °F",
            var unit => " " + unit,
        };
}
