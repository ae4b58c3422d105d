using OmniIoT.Devices.Models;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Figures;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Devices;

/// <summary>
/// Late readings show that alarms began or ended at other times than was told, or that there were more of them, or fewer. The alarms are
/// put right; what was done because of them (cases, commands, notices) stays done.
/// </summary>
public sealed partial class DeviceDecider
{
    /// <summary>Of one device; those that ended before are not put right any more.</summary>
    private const int MostEndedAlarms = 16;

    private void ApplyCorrections(DecisionScope scope)
    {
        foreach (AlarmCorrection correction in scope.Scratch.Corrections)
        {
            RuleDefinition rule = _state.Model!.Rules[correction.RuleIndex];
            Alarm? told = correction.Was is { } was ? Told(rule.Type, was) : null;
            if (correction.Is is not { } found)
                Withdraw(scope.Decision, told);
            else if (told is not null)
                Correct(scope.Decision, rule, told, found);
            else if (found.ClearedAt is null)
                Raise(scope.Decision, rule, CaseOpener.Device, AlarmOf(scope.Decision, correction.RuleIndex, found));
            else if (correction.Was is null)
                TellOfPast(scope.Decision, rule, AlarmOf(scope.Decision, correction.RuleIndex, found));
        }
    }

    private Alarm? Told(string type, AlarmSpan span) =>
        (span.ClearedAt is null ? _state.Facts.Alarms : _state.Facts.EndedAlarms).FirstOrDefault(alarm =>
            alarm.Type == type && alarm.RaisedAt == span.RaisedAt
        );

    private Alarm AlarmOf(Decision decision, int ruleIndex, AlarmSpan span) =>
        NewAlarm(
            decision,
            _state.Model!.Rules[ruleIndex],
            new RuleTransition(ruleIndex, RuleTransitionKind.Raised, span.RaisedAt, span.FirstSymptomAt, span.Value)
        ) with
        {
            ClearedAt = span.ClearedAt,
        };

    /// <summary>An alarm that was over before anybody knew of it. No remedy is tried for it, and none was needed.</summary>
    private void TellOfPast(Decision decision, RuleDefinition rule, Alarm alarm)
    {
        string entryId = decision.Moment.NewId();
        bool wasCured = rule.Remedy is { } remedy && alarm.ClearedAt < alarm.RaisedAt + remedy.Wait;
        if (!wasCured || OwnersCase(decision.Moment) is not null)
            alarm = OpenOrJoin(decision, rule, CaseOpener.Device, alarm, alarm.RaisedAt);
        KeepEnded(alarm);
        decision.RaisedAlarms.Add(alarm.Severity);
        Count(decision, Measures.Alarms);
        decision.Emit(new PutAlarm(alarm));
        TellOfRaised(decision, alarm, entryId);
        TellOfEnd(decision, alarm, how: null);
        if (rule.Notify is { } notice)
            Notify(decision, notice, alarm);
    }

    private void Correct(Decision decision, RuleDefinition rule, Alarm told, AlarmSpan found)
    {
        Alarm right = told with { RaisedAt = found.RaisedAt, FirstSymptomAt = found.FirstSymptomAt };
        if (told.ClearedAt is null)
        {
            Replace(right);
            if (found.ClearedAt is { } over)
                Clear(decision, right, over, Actor);
            else
                decision.Emit(new PutAlarm(right));
        }
        else if (found.ClearedAt is { } over)
        {
            _state.Facts = _state.Facts with { EndedAlarms = [.. _state.Facts.EndedAlarms.Where(other => other.Id != told.Id)] };
            KeepEnded(right with { ClearedAt = over });
            decision.Emit(new PutAlarm(right with { ClearedAt = over }));
        }
        else
            GoOn(decision, rule, right with { ClearedAt = null });
    }

    /// <summary>An alarm that was told to be over is not; the remedy was tried already.</summary>
    private void GoOn(Decision decision, RuleDefinition rule, Alarm alarm)
    {
        _state.Facts = _state.Facts with
        {
            Alarms = [.. _state.Facts.Alarms, alarm],
            EndedAlarms = [.. _state.Facts.EndedAlarms.Where(other => other.Id != alarm.Id)],
        };
        string entryId = decision.Moment.NewId();
        if (alarm.CaseId is null || alarm.CaseId != OwnersCase(decision.Moment)?.Id)
            alarm = OpenOrJoin(decision, rule, CaseOpener.Device, alarm, alarm.RaisedAt);
        decision.RaisedAlarms.Add(alarm.Severity);
        decision.Emit(new PutAlarm(alarm));
        TellOfRaised(decision, alarm, entryId);
        BeginVerification(alarm.RaisedAt);
    }

    /// <summary>What raised the alarm never was so: it ends where it began.</summary>
    private void Withdraw(Decision decision, Alarm? told)
    {
        if (told is null)
            return;
        _state.Facts = _state.Facts with
        {
            Alarms = [.. _state.Facts.Alarms.Where(other => other.Id != told.Id)],
            EndedAlarms = [.. _state.Facts.EndedAlarms.Where(other => other.Id != told.Id)],
            Remedies = told.ClearedAt is null
                ? [.. _state.Facts.Remedies.Where(pending => pending.AlarmType != told.Type)]
                : _state.Facts.Remedies,
        };
        Alarm none = told with { ClearedAt = told.RaisedAt };
        decision.Emit(new PutAlarm(none));
        TellOfEnd(decision, none, Sentence.Of(SentenceKinds.AlarmNeverWas));
        if (told.ClearedAt is null)
            BeginVerification(_state.DeviceTime ?? told.RaisedAt);
    }

    private void Replace(Alarm alarm) =>
        _state.Facts = _state.Facts with
        {
            Alarms = [.. _state.Facts.Alarms.Select(other => other.Id == alarm.Id ? alarm : other)],
            EndedAlarms = [.. _state.Facts.EndedAlarms.Select(other => other.Id == alarm.Id ? alarm : other)],
        };

    /// <summary>Late readings may still put it right.</summary>
    private void KeepEnded(Alarm alarm)
    {
        if (
            _state.Model?.RuleSet is not { } rules
            || rules.IndexOf(alarm.Type) is not (>= 0 and var index)
            || !rules[index].LooksAtReadingsOnly
        )
            return;
        Instant oldest = (_state.DeviceTime ?? alarm.RaisedAt) - RuleSet.LongestReach;
        _state.Facts = _state.Facts with
        {
            EndedAlarms = [.. _state.Facts.EndedAlarms.Where(other => other.ClearedAt >= oldest).TakeLast(MostEndedAlarms - 1), alarm],
        };
    }
}
