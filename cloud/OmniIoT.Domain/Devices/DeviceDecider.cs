using OmniIoT.Devices.Models;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Devices;

/// <summary>
/// The behaviour of one device: what its messages, requests about it and the passing of time cause. It decides and emits
/// effects; nothing is true until they are committed. Split by topic over several files.
/// </summary>
public sealed partial class DeviceDecider(DeviceState state)
{
    private DeviceState _state = state;
    private DeviceModel? _adopted;

    public DeviceState State => _state;

    private string Id => _state.Facts.Registration.Id;

    private string Actor => "device:" + Id;

    /// <summary>Handles a message of the device; <see cref="AdoptModel"/> comes before a batch.</summary>
    /// <returns>Null when it was understood, else why not; then nothing was changed.</returns>
    public Refusal? Handle(DecisionScope scope, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > Payload.MaxBytes)
            return new Refusal(DeadLetterReason.TooLarge, $"the payload has {payload.Length} bytes, {Payload.MaxBytes} are allowed");
        if (_state.Model is null)
            return new Refusal(DeadLetterReason.UnknownModel, $"there is no model '{_state.Facts.Registration.Model}'");
        ForgetFuture(scope.Decision);
        ParsedTopic parsed = PlatformTopics.Parse(topic);
        return parsed.Kind switch
        {
            TopicKind.DeviceTelemetry => HandleTelemetry(scope, payload),
            TopicKind.DeviceLocation => HandleLocation(scope, payload),
            TopicKind.DeviceEvents => HandleEvent(scope, payload),
            TopicKind.DeviceSightings => HandleSightings(scope, payload),
            TopicKind.DeviceTwinReported => HandleReported(scope, payload),
            TopicKind.DeviceCommandResponse => HandleCommandResponse(scope, parsed.CommandId, payload),
            _ => new Refusal(DeadLetterReason.WrongShape, "nothing is known to come on this topic"),
        };
    }

    /// <summary>What the passing of time has brought.</summary>
    public void WakeUp(DecisionScope scope)
    {
        AdoptModel(scope.Decision);
        ForgetFuture(scope.Decision);
        CheckSilence(scope);
        FinishRemedies(scope.Decision, deviceTime: null);
        CheckMaintenance(scope.Decision);
        int before = _state.Facts.Commands.Count + _state.Facts.Messages.Count;
        ExpireCommands(scope.Decision);
        ExpireMessages(scope.Decision);
        bool haveEnded = _state.Facts.Commands.Count + _state.Facts.Messages.Count < before;
        if (!haveEnded && !(NextLost() <= scope.Moment.Now))
            return;
        SendNext(scope.Decision, Lane.Commands);
        SendNext(scope.Decision, Lane.Messages);
    }

    /// <summary>When to wake up next; null when nothing waits.</summary>
    public Instant? NextDue()
    {
        Instant? due = _state is { Rules: { } rules, LastSeenAt: { } seen } ? _state.Model!.RuleSet.NextSilenceDue(rules, seen) : null;
        foreach (PendingRemedy remedy in _state.Facts.Remedies)
            due = Earlier(due, remedy.DueAtArrival);
        foreach (DeviceCommand command in _state.Facts.Commands)
            due = Earlier(due, command.ExpiresAt);
        foreach (DeviceMessage message in _state.Facts.Messages)
            due = Earlier(due, message.ExpiresAt);
        if (NextLost() is { } lost)
            due = Earlier(due, lost);
        return NextMaintenance() is { } maintenance ? Earlier(due, maintenance) : due;
    }

    private static Instant? Earlier(Instant? left, Instant right) => left is { } known && known <= right ? known : right;

    /// <summary>
    /// Goes on under the model as it stands in the catalog, which may have been edited while the grain was not in memory.
    /// </summary>
    public void AdoptModel(Decision decision)
    {
        DeviceModel? model = decision.Moment.Catalog.Models.GetValueOrDefault(_state.Facts.Registration.Model);
        if (!ReferenceEquals(model, _adopted) || !ReferenceEquals(model, _state.Model))
            Adopt(decision, model);
    }

    private void Adopt(Decision decision, DeviceModel? model)
    {
        _adopted = model;
        if (!ReferenceEquals(model, _state.Model))
            _state.Adopt(model);
        foreach (Alarm orphan in _state.Facts.Alarms.Where(alarm => model?.RaisesAlarm(alarm.Type) != true).ToList())
            Clear(decision, orphan, decision.Moment.Now, "system");
        if (model is not null)
            foreach (Alarm alarm in _state.Facts.Alarms.ToList())
                AdoptRule(decision, alarm);
        AdoptMaintenance(decision.Moment);
    }

    /// <summary>Notes that the device was heard, and lets its rules judge what it said.</summary>
    private void Observe(
        DecisionScope scope,
        Instant at,
        ReadOnlySpan<byte> eventType = default,
        ReadOnlySpan<byte> eventCode = default,
        bool isTimed = true
    )
    {
        if (_state.DeviceTime is not { } newest || at > newest)
            _state.DeviceTime = at;
        Judge(
            scope,
            new Observation
            {
                Values = _state.Values,
                At = at,
                IsTimed = isTimed,
                EventType = eventType,
                EventCode = eventCode,
            }
        );
        if (_state.Facts.Remedies.Count > 0)
            FinishRemedies(scope.Decision, at);
    }

    /// <summary>
    /// Notes that the device was heard by a message without a time of its own. Device time does not move: what the device
    /// measured while it was away is often still to come.
    /// </summary>
    private void ObserveUntimed(DecisionScope scope) =>
        Judge(
            scope,
            new Observation
            {
                Values = _state.Values,
                At = scope.Moment.Now,
                MovesTime = false,
            }
        );

    private void Judge(DecisionScope scope, in Observation observation)
    {
        _state.LastSeenAt = scope.Moment.Now;
        scope.Scratch.Transitions.Clear();
        scope.Scratch.Corrections.Clear();
        _state.Model!.RuleSet.Observe(_state.Rules!, in observation, scope.Scratch.Transitions, scope.Scratch.Corrections);
        if (scope.Scratch.Corrections.Count > 0)
            ApplyCorrections(scope);
        if (scope.Scratch.Transitions.Count > 0)
            ApplyTransitions(scope);
    }
}
