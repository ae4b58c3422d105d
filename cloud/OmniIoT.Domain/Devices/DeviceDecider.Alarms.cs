using System.Text.Json.Nodes;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    private bool IsWorkedOn => _state.Facts.Registration.Maintenance;

    private void CheckSilence(DecisionScope scope)
    {
        if (_state is not { Model: { } model, Rules: { } rules, LastSeenAt: { } seen })
            return;
        scope.Scratch.Transitions.Clear();
        model.RuleSet.CheckSilence(rules, _state.Values, seen, scope.Moment.Now, scope.Scratch.Transitions);
        ApplyTransitions(scope);
    }

    private void ApplyTransitions(DecisionScope scope)
    {
        foreach (RuleTransition transition in scope.Scratch.Transitions)
        {
            RuleDefinition rule = _state.Model!.Rules[transition.RuleIndex];
            Alarm? active = _state.Facts.Alarms.FirstOrDefault(alarm => alarm.Type == rule.Type);
            if (transition.Kind is RuleTransitionKind.Cleared)
            {
                if (active is not null)
                    Clear(scope.Decision, active, transition.At, Actor);
            }
            else if (active is null)
            {
                Raise(scope.Decision, rule, CaseOpener.Device, NewAlarm(scope.Decision, rule, in transition));
            }
        }
    }

    private Alarm NewAlarm(Decision decision, RuleDefinition rule, in RuleTransition transition) =>
        new()
        {
            Id = decision.Moment.NewId(),
            DeviceId = Id,
            Type = rule.Type,
            Severity = rule.Severity,
            RaisedAt = transition.At,
            FirstSymptomAt = transition.FirstSymptomAt,
            Value = transition.Value,
            CustomerId = _state.Facts.Registration.CustomerId,
            Threshold = ThresholdOf(transition.RuleIndex),
        };

    private AlarmThreshold? ThresholdOf(int ruleIndex) =>
        _state.Model!.RuleSet[ruleIndex].Threshold is { } threshold
            ? new AlarmThreshold(threshold.Metric, threshold.Operator, threshold.Value)
            : null;

    /// <summary>The model was edited: an active alarm is as severe as its rule says now, and so is its case.</summary>
    private void AdoptRule(Decision decision, Alarm alarm)
    {
        if (_state.Model!.RuleSet.IndexOf(alarm.Type) is not (>= 0 and var index))
            return;
        RuleDefinition rule = _state.Model.Rules[index];
        Alarm adopted = alarm with { Severity = rule.Severity, Threshold = ThresholdOf(index) };
        if (adopted == alarm)
            return;
        Replace(adopted);
        decision.Emit(new PutAlarm(adopted));
        if (OwnersCase(decision.Moment) is not { } held || held.Id != alarm.CaseId)
            return;
        Case joined = held.Join(alarm, PriorityOf(rule), decision.Moment.Catalog.Desk, decision.Moment.Now);
        if (ReferenceEquals(joined, held))
            return;
        decision.Write(
            joined,
            TimelineKind.CaseUpdated,
            SystemActor,
            decision.Moment.Now,
            joined.Says(SentenceKinds.CaseSeverity, ("type", alarm.Type), ("severity", Word(rule.Severity))),
            CaseDesk.PriorityChange(held, joined)
        );
        HoldCase(joined, _state.Facts.CaseAlarmTypes);
    }

    private void Raise(Decision decision, RuleDefinition rule, CaseOpener opener, Alarm alarm)
    {
        _state.Facts = _state.Facts with { Alarms = [.. _state.Facts.Alarms, alarm] };
        // The alarm's entry takes its id first: of equal times the timeline puts what came first below.
        string entryId = decision.Moment.NewId();
        bool remedied = !IsWorkedOn && rule.Remedy is { } remedy && TryRemedy(decision, rule, remedy, alarm);
        // The remedy goes before a new case; in one that is there already the alarm belongs at once.
        if (!remedied || OwnersCase(decision.Moment) is not null)
            alarm = OpenOrJoin(decision, rule, opener, alarm, alarm.RaisedAt);
        decision.RaisedAlarms.Add(alarm.Severity);
        Count(decision, Measures.Alarms);
        decision.Emit(new PutAlarm(alarm));
        TellOfRaised(decision, alarm, entryId);
        if (rule.Notify is { } notice)
            Notify(decision, notice, alarm);
        BeginVerification(alarm.RaisedAt);
    }

    private void TellOfRaised(Decision decision, Alarm alarm, string entryId) =>
        TellOf(
            decision,
            alarm,
            new Happening(
                TimelineKind.AlarmRaised,
                Actor,
                Sentence.Of(SentenceKinds.AlarmRaised, ("device", Name), ("type", alarm.Type)),
                Describe(alarm)
            )
            {
                Id = entryId,
                CustomerId = _state.Facts.Registration.CustomerId,
                At = alarm.RaisedAt,
                Channel = "device",
                Direction = TimelineDirection.In,
            }
        );

    private void Clear(Decision decision, Alarm alarm, Instant at, string actor)
    {
        PendingRemedy? remedy = _state.Facts.Remedies.FirstOrDefault(pending => pending.AlarmType == alarm.Type);
        if (remedy is not null)
            _state.Facts = _state.Facts with { Remedies = [.. _state.Facts.Remedies.Where(pending => pending.AlarmType != alarm.Type)] };
        WriteCleared(decision, alarm, at, actor, remedy?.Command);
        BeginVerification(Instant.Min(at, _state.DeviceTime ?? at));
    }

    private void WriteCleared(Decision decision, Alarm alarm, Instant at, string actor, string? curedBy = null)
    {
        Alarm cleared = alarm with { ClearedAt = at };
        _state.Facts = _state.Facts with { Alarms = [.. _state.Facts.Alarms.Where(other => other.Id != alarm.Id)] };
        if (actor == Actor)
            KeepEnded(cleared);
        decision.Emit(new PutAlarm(cleared));
        if (curedBy is not null)
            Count(decision, Measures.SelfHealed);
        Sentence? how =
            curedBy is not null ? Sentence.Of(SentenceKinds.AlarmCured, ("command", curedBy))
            : actor != Actor ? Sentence.Of(SentenceKinds.AlarmClearedBy, ("actor", actor))
            : null;
        TellOfEnd(decision, cleared, how, curedBy);
    }

    private void Count(Decision decision, string measure) =>
        decision.Count(measure, new FigureSubject { Channel = CaseDesk.DeviceChannel, Model = _state.Facts.Registration.Model });

    private void TellOfEnd(Decision decision, Alarm cleared, Sentence? how, string? curedBy = null) =>
        TellOf(
            decision,
            cleared,
            new Happening(
                TimelineKind.AlarmCleared,
                Actor,
                Sentence.Of(SentenceKinds.AlarmOver, ("device", Name), ("type", cleared.Type)),
                how
            )
            {
                CustomerId = _state.Facts.Registration.CustomerId,
                At = cleared.ClearedAt!.Value,
                Channel = "device",
                Direction = TimelineDirection.In,
                Data = curedBy is null ? [] : new JsonObject { ["remedy"] = curedBy },
            }
        );

    /// <summary>Sends the rule's command first; the case waits for its effect.</summary>
    private bool TryRemedy(Decision decision, RuleDefinition rule, Remedy remedy, Alarm alarm)
    {
        if (!_state.Model!.Commands.TryGetValue(remedy.Command, out CommandDefinition? definition))
            return false;
        DeviceCommand command = QueueCommand(decision, remedy.Command, null, definition.Timeout, "rule:" + rule.Type, null);
        PendingRemedy pending = new(rule.Type, remedy.Command, command.Id, alarm.RaisedAt + remedy.Wait, decision.Moment.Now + remedy.Wait);
        _state.Facts = _state.Facts with { Remedies = [.. _state.Facts.Remedies, pending] };
        return true;
    }

    /// <summary>
    /// Opens the cases of alarms that their remedies did not cure in time: device time, or ours when the device says nothing.
    /// </summary>
    private void FinishRemedies(Decision decision, Instant? deviceTime)
    {
        foreach (PendingRemedy remedy in _state.Facts.Remedies.ToList())
        {
            if (deviceTime >= remedy.DueAt || decision.Moment.Now >= remedy.DueAtArrival)
                FinishRemedy(
                    decision,
                    remedy,
                    deviceTime ?? remedy.DueAt,
                    Sentence.Of(SentenceKinds.RemedyVain, ("command", remedy.Command))
                );
        }
    }

    /// <summary>The device answered that it could not do it: there is nothing to wait for.</summary>
    private void GiveUpRemedy(Decision decision, string commandId, string? error)
    {
        if (_state.Facts.Remedies.FirstOrDefault(pending => pending.CommandId == commandId) is { } failed)
            FinishRemedy(
                decision,
                failed,
                _state.DeviceTime ?? decision.Moment.Now,
                error is null
                    ? Sentence.Of(SentenceKinds.RemedyFailed, ("command", failed.Command))
                    : Sentence.Of(SentenceKinds.RemedyFailedWith, ("command", failed.Command), ("error", error))
            );
    }

    private void FinishRemedy(Decision decision, PendingRemedy remedy, Instant at, Sentence outcome)
    {
        _state.Facts = _state.Facts with { Remedies = [.. _state.Facts.Remedies.Where(other => other != remedy)] };
        RuleDefinition? rule = _state.Model?.Rules.FirstOrDefault(candidate => candidate.Type == remedy.AlarmType);
        Alarm? alarm = _state.Facts.Alarms.FirstOrDefault(active => active.Type == remedy.AlarmType);
        if (rule is null || alarm is null or { CaseId: not null })
            return;
        Alarm joined = OpenOrJoin(decision, rule, CaseOpener.Device, alarm, Instant.Max(at, alarm.RaisedAt), outcome);
        if (joined.CaseId is not null)
            decision.Emit(new PutAlarm(joined));
    }

    /// <summary>The alarm joins the device's unresolved case, or opens one when its rule says so.</summary>
    private Alarm OpenOrJoin(Decision decision, RuleDefinition rule, CaseOpener opener, Alarm alarm, Instant at, Sentence? outcome = null)
    {
        if (OwnersCase(decision.Moment) is { } unresolved)
            JoinCase(decision, unresolved, rule, alarm, at);
        else if (!IsWorkedOn && rule.Case is { } template)
            OpenCase(decision, template, opener, alarm, at, Wording.Of(outcome is null ? [Describe(alarm)] : [Describe(alarm), outcome]));
        else
            return alarm;
        Alarm joined = alarm with { CaseId = _state.Facts.Case!.Id };
        Replace(joined);
        return joined;
    }

    /// <summary>Has the owner told, unless it is old news; whether they heard of its like a moment ago is for their grain to say.</summary>
    private void Notify(Decision decision, CustomerNotice notice, Alarm alarm)
    {
        if (IsWorkedOn || _state.Facts.Registration.CustomerId is not { } customerId || decision.Moment.IsStale(alarm.RaisedAt))
            return;
        decision.Emit(
            new Tell(
                new GrainLetter(
                    decision.Moment.NewId(),
                    new NoticeDue(customerId, Id, alarm.Id, alarm.Type, alarm.CaseId, alarm.RaisedAt, Render(decision.Moment, notice.Text))
                    {
                        FirstSymptomAt = alarm.FirstSymptomAt,
                        Model = _state.Facts.Registration.Model,
                    }
                )
            )
        );
    }

    private void TellOf(Decision decision, Alarm alarm, Happening happening)
    {
        if (happening.CustomerId is null && alarm.CaseId is null)
            return;
        happening.Data["type"] = alarm.Type;
        happening.Data["severity"] = Word(alarm.Severity);
        if (alarm.Value is { } value)
            happening.Data["value"] = value;
        decision.Append(
            happening with
            {
                Refs = new TimelineRefs
                {
                    DeviceId = Id,
                    AlarmId = alarm.Id,
                    CaseId = alarm.CaseId,
                },
            }
        );
    }

    private Sentence Describe(Alarm alarm)
    {
        if (alarm is not { Value: { } value, Threshold: { } threshold })
            return Sentence.Of(SentenceKinds.AlarmSeverity, ("severity", Word(alarm.Severity)));
        string? unit = Unit(threshold.Metric);
        Sentence beyond = Sentence.Of(
            unit is null ? SentenceKinds.AlarmBeyond : SentenceKinds.AlarmBeyondUnit,
            ("metric", threshold.Metric),
            ("value", value),
            ("operator", threshold.Operator),
            ("bound", threshold.Bound)
        );
        if (unit is not null)
            beyond.Values["unit"] = unit;
        return beyond;
    }

    private static string Word(Severity severity) => severity.ToString().ToLowerInvariant();

    /// <summary>The unit as people write it; models name it by its UCUM code. Null: none.</summary>
    private string? Unit(string metric) =>
        _state.Model?.Metric(metric)?.Unit switch
        {
            "Cel" => "°C",
            "[degF]" => "°F",
            var unit => unit,
        };
}
