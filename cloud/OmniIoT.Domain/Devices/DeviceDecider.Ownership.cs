using System.Text.Json.Nodes;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Twins;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Devices;

/// <summary>What a registration must know of others, as stored.</summary>
/// <param name="CustomerName">Of who is to be the owner; null when there is none or without a name.</param>
/// <param name="Unresolved">The cases of the device that are not resolved, whoever's.</param>
public sealed record RegistrationSurroundings(string? CustomerName, IReadOnlyList<Case> Unresolved);

// Whose trouble it is. A case stays its customer's when the device gets another owner (nobody's becomes the owner's); alarms join
// only a case of the owner.
public sealed partial class DeviceDecider
{
    /// <summary>The unresolved case that the device's alarms join.</summary>
    private Case? OwnersCase(Moment moment) => _state.Facts.Case is { } held && IsOwners(moment, held) ? held : null;

    private bool IsOwners(Moment moment, Case @case) =>
        moment.Catalog.Merges.AreOne(@case.CustomerId, _state.Facts.Registration.CustomerId);

    /// <summary>The registration ends; its unresolved case stays, and is decided on without the device.</summary>
    public void Remove(Decision decision)
    {
        LetGo(decision, SentenceKinds.CaseUnprovenRemoved);
        decision.Emit(new DeleteDevice(Id));
    }

    /// <summary>The owner was erased: the device forgets them, and whatever was written about them.</summary>
    public void Disown(Decision decision, DisownDevice request)
    {
        EndDownlinks(decision, SentenceKinds.CommandOwnerErased);
        PersonalWords words = new([.. request.Words, _state.Facts.CustomerName]);
        DeviceRegistration known = _state.Facts.Registration;
        DeviceRegistration orphan = known with
        {
            CustomerId = null,
            Name = words.StandIn(known.Name) ? null : known.Name,
            Version = known.Version + 1,
        };
        _state.Facts = _state.Facts with
        {
            Registration = orphan,
            CustomerName = null,
            Case = _state.Facts.Case?.Anonymous(),
            Alarms = [.. _state.Facts.Alarms.Select(alarm => alarm with { CustomerId = null })],
            EndedAlarms = [],
        };
        decision.Emit(new PutDevice(orphan));
        ForgetProperties(decision, words);
    }

    private void ForgetProperties(Decision decision, PersonalWords words)
    {
        if (words.PatchOf(_state.Facts.Desired) is { Count: > 0 } desired)
            Handle(decision, new PatchDesired(desired));
        if (words.PatchOf(_state.Facts.Reported) is not { Count: > 0 } reported)
            return;
        JsonObject left = MergePatch.Apply(_state.Facts.Reported, reported, out _)!; // It only takes away.
        _state.Facts = _state.Facts with { Reported = left, ReportedVersion = _state.Facts.ReportedVersion + 1 };
        _state.TellReported();
    }

    /// <summary>What was on its way for the owner is for nobody after them.</summary>
    /// <param name="why">The kind of the sentence that says it.</param>
    private void EndDownlinks(Decision decision, string why)
    {
        foreach (DeviceCommand command in _state.Facts.Commands.Where(command => command.CustomerId is not null).ToList())
            Complete(decision, command, CommandStatus.Expired, null, Sentence.Of(why));
        foreach (DeviceMessage message in _state.Facts.Messages.Where(message => message.CustomerId is not null).ToList())
            Settle(decision, message with { Status = DeviceMessageStatus.Expired });
    }

    /// <summary>The device has another owner: what is still wrong with it is the new one's trouble, from now on.</summary>
    private void ChangeHands(Decision decision, string? formerName, IReadOnlyList<Case> unresolved)
    {
        ForgetProperties(decision, new PersonalWords([formerName]));
        if (_state.Facts.Case is { CustomerId: null } nobodys)
        {
            PassOn(decision, nobodys);
        }
        else
        {
            LetGo(decision, SentenceKinds.CaseUnprovenOwner);
            TakeUp(decision.Moment, unresolved);
        }
        EndDownlinks(decision, SentenceKinds.CommandOwnerChanged);
        _state.Facts = _state.Facts with { EndedAlarms = [] };
        foreach (Alarm alarm in _state.Facts.Alarms.ToList())
            PassOn(decision, alarm);
    }

    /// <summary>A case of the owner that was left when the device was removed, or went to others, is the device's again.</summary>
    private void TakeUp(Moment moment, IReadOnlyList<Case> unresolved)
    {
        if (unresolved.Where(@case => IsOwners(moment, @case)).MaxBy(@case => @case.Number) is { } left)
            HoldCase(left, []);
    }

    /// <summary>A repair that was being verified cannot be verified any more: it counts as what was said of it.</summary>
    /// <param name="why">The kind of the sentence that says it.</param>
    private void LetGo(Decision decision, string why)
    {
        if (_state.Facts.Case is { Status: CaseStatus.Verifying } verifying)
        {
            decision.Write(
                verifying.Verified(decision.Moment.Catalog.Desk, decision.Moment.Now, decision.Moment.Now),
                TimelineKind.CaseResolved,
                SystemActor,
                decision.Moment.Now,
                verifying.Says(why),
                verifying.Resolution
            );
        }
        _state.Facts = _state.Facts with { Case = null, CaseAlarmTypes = [], HealthySince = null };
    }

    private void PassOn(Decision decision, Case nobodys)
    {
        Case passed = nobodys with
        {
            CustomerId = _state.Facts.Registration.CustomerId,
            UpdatedAt = decision.Moment.Now,
            Version = nobodys.Version + 1,
        };
        decision.Write(
            passed,
            TimelineKind.CaseUpdated,
            SystemActor,
            decision.Moment.Now,
            passed.Says(SentenceKinds.CaseOwned, ("device", Name)),
            Wording.None
        );
        _state.Facts = _state.Facts with { Case = passed };
    }

    /// <summary>Out of the former owner's case; it counts for the new one from now on.</summary>
    private void PassOn(Decision decision, Alarm alarm)
    {
        Alarm passed = alarm with { CustomerId = _state.Facts.Registration.CustomerId };
        if (_state.Facts.Case is not { } held || held.Id != alarm.CaseId)
            passed = passed with { CaseId = null, FirstSymptomAt = decision.Moment.Now };
        _state.Facts = _state.Facts with { Alarms = [.. _state.Facts.Alarms.Select(other => other.Id == alarm.Id ? passed : other)] };
        decision.Emit(new PutAlarm(Attend(decision, passed)));
    }

    /// <summary>The work on the device is done: what is wrong with it all the same is a case.</summary>
    private void ResumeWatch(Decision decision)
    {
        foreach (Alarm alarm in _state.Facts.Alarms.Where(alarm => alarm.CaseId is null).ToList())
        {
            Alarm attended = Attend(decision, alarm);
            if (attended.CaseId is not null)
                decision.Emit(new PutAlarm(attended));
        }
    }

    /// <summary>An alarm that stands without a case gets what its rule says, unless its remedy is at work.</summary>
    private Alarm Attend(Decision decision, Alarm alarm)
    {
        bool isRemedied = _state.Facts.Remedies.Any(remedy => remedy.AlarmType == alarm.Type);
        return alarm.CaseId is null && !isRemedied && RuleOf(alarm.Type) is { } rule
            ? OpenOrJoin(decision, rule, OpenerOf(alarm.Type), alarm, decision.Moment.Now)
            : alarm;
    }

    /// <summary>The rule or the maintenance that raises alarms of a type.</summary>
    private RuleDefinition? RuleOf(string type) =>
        _state.Model?.Rules.FirstOrDefault(rule => rule.Type == type)
        ?? _state.Model?.Maintenance.FirstOrDefault(entry => entry.Type == type)?.Rule;

    private CaseOpener OpenerOf(string type) => _state.Model!.Rules.Any(rule => rule.Type == type) ? CaseOpener.Device : CaseOpener.Rule;
}
