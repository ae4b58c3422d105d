using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Devices;

// What goes down to the device, and what becomes of it.
public sealed partial class DeviceDecider
{
    /// <summary>
    /// A session can take downlinks now: commands that nobody was there for and messages that nobody acknowledged are sent again, in
    /// order. Those that it holds by <paramref name="held"/> are with it, and what waits in the outbox comes to it by itself.
    /// </summary>
    public void WantDownlinks(Decision decision, IReadOnlyList<string> held)
    {
        foreach (DeviceCommand command in _state.Facts.Commands.Where(command => held.Contains(CommandReference + command.Id)).ToList())
            Progress(decision, command.Id, acknowledged: false);
        foreach (DeviceMessage message in _state.Facts.Messages.ToList())
        {
            if (held.Contains(MessageReference + message.Id))
                ProgressMessage(decision, message.Id, acknowledged: false);
            else if (message.Status is DeviceMessageStatus.Sent)
                Keep(decision, message with { Status = DeviceMessageStatus.Queued });
        }
        _state.Facts = _state.Facts with { OnTheirWay = [.. _state.Facts.OnTheirWay.Select(other => other with { IsWanted = true })] };
        SendNext(decision);
    }

    /// <summary>How a downlink fared.</summary>
    /// <param name="decision">What comes of it.</param>
    /// <param name="reference">The downlink's.</param>
    /// <param name="sessions">How many have it; 0: nobody was there for it, and it is sent again to who comes.</param>
    /// <param name="acknowledged">Whether the client itself has it.</param>
    public void DownlinkProgressed(Decision decision, string reference, int sessions, bool acknowledged)
    {
        bool isWanted = Arrive(reference)?.IsWanted == true;
        bool hasReached = acknowledged || sessions > 0;
        if (hasReached && reference.StartsWith(CommandReference, StringComparison.Ordinal))
            Progress(decision, reference[CommandReference.Length..], acknowledged);
        else if (hasReached && reference.StartsWith(MessageReference, StringComparison.Ordinal))
            ProgressMessage(decision, reference[MessageReference.Length..], acknowledged);
        if (hasReached || isWanted)
            SendNext(decision);
    }

    /// <summary>
    /// Sends the oldest that waits, one at a time: were the next on its way before it is known that somebody was there for this one, a
    /// session that comes between would get the next alone, and this one behind it.
    /// </summary>
    private void SendNext(Decision decision)
    {
        if (OnTheirWay().Any(other => decision.Moment.Now < other.LostAt))
            return;
        DeviceCommand? command = _state.Facts.Commands.FirstOrDefault(other => Waits(other) && other.ExpiresAt > decision.Moment.Now);
        DeviceMessage? message = _state.Facts.Messages.FirstOrDefault(other => Waits(other) && other.ExpiresAt > decision.Moment.Now);
        if (command is not null && (message is null || command.CreatedAt <= message.CreatedAt))
            Dispatch(decision, command);
        else if (message is not null)
            Dispatch(decision, message);
    }

    /// <summary>When those in the outbox are taken to be lost, if others wait behind them.</summary>
    private Instant? NextLost()
    {
        List<DownlinkOnItsWay> onTheirWay = [.. OnTheirWay()];
        int waiting = _state.Facts.Commands.Count(Waits) + _state.Facts.Messages.Count(Waits);
        return onTheirWay.Count > 0 && waiting > onTheirWay.Count ? onTheirWay.Max(other => other.LostAt) : null;
    }

    /// <summary>Those that are in the outbox, but for what was answered meanwhile: that holds nothing up.</summary>
    private IEnumerable<DownlinkOnItsWay> OnTheirWay() =>
        _state.Facts.OnTheirWay.Where(other =>
            _state.Facts.Commands.Any(command => Waits(command) && CommandReference + command.Id == other.Reference)
            || _state.Facts.Messages.Any(message => Waits(message) && MessageReference + message.Id == other.Reference)
        );

    private static bool Waits(DeviceCommand command) => command.Status is CommandStatus.Queued;

    private static bool Waits(DeviceMessage message) => message.Status is DeviceMessageStatus.Queued;

    /// <summary>Puts a command or message into the outbox.</summary>
    private void Send(Decision decision, Downlink downlink)
    {
        decision.Emit(new Enqueue(downlink));
        _state.Facts = _state.Facts with
        {
            OnTheirWay =
            [
                .. _state.Facts.OnTheirWay.Where(other => other.Reference != downlink.Reference && decision.Moment.Now < other.LostAt),
                new DownlinkOnItsWay(downlink.Reference, decision.Moment.Now),
            ],
        };
    }

    /// <summary>It does not wait any more.</summary>
    private DownlinkOnItsWay? Arrive(string reference)
    {
        DownlinkOnItsWay? arrived = _state.Facts.OnTheirWay.FirstOrDefault(other => other.Reference == reference);
        if (arrived is not null)
            _state.Facts = _state.Facts with { OnTheirWay = [.. _state.Facts.OnTheirWay.Where(other => other != arrived)] };
        return arrived;
    }
}
