using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Devices;

// What goes down to the device, and what becomes of it.
public sealed partial class DeviceDecider
{
    /// <summary>
    /// A session can take downlinks now: commands that nobody was there for and messages that nobody acknowledged are sent again. Those
    /// that it holds by <paramref name="held"/> are with it, and what waits in the outbox comes to it by itself.
    /// </summary>
    public void WantDownlinks(Decision decision, IReadOnlyList<string> held)
    {
        foreach (
            DeviceCommand command in _state
                .Facts.Commands.Where(command => command.Status is CommandStatus.Queued && command.ExpiresAt > decision.Moment.Now)
                .ToList()
        )
        {
            if (held.Contains(CommandReference + command.Id))
                Progress(decision, command.Id, acknowledged: false);
            else if (!IsOnItsWay(decision.Moment, CommandReference + command.Id))
                Dispatch(decision, command);
        }
        foreach (DeviceMessage message in _state.Facts.Messages.Where(message => message.ExpiresAt > decision.Moment.Now).ToList())
        {
            if (held.Contains(MessageReference + message.Id))
                ProgressMessage(decision, message.Id, acknowledged: false);
            else if (!IsOnItsWay(decision.Moment, MessageReference + message.Id))
                Dispatch(decision, message);
        }
    }

    public void DownlinkProgressed(Decision decision, string reference, int sessions, bool acknowledged)
    {
        bool isWanted = Arrive(reference)?.IsWanted == true;
        if (!acknowledged && sessions == 0)
        {
            if (isWanted)
                SendAgain(decision, reference);
            return;
        }
        if (reference.StartsWith(CommandReference, StringComparison.Ordinal))
            Progress(decision, reference[CommandReference.Length..], acknowledged);
        else if (reference.StartsWith(MessageReference, StringComparison.Ordinal))
            ProgressMessage(decision, reference[MessageReference.Length..], acknowledged);
    }

    private void SendAgain(Decision decision, string reference)
    {
        DeviceCommand? command = _state.Facts.Commands.FirstOrDefault(command => CommandReference + command.Id == reference);
        if (command is { Status: CommandStatus.Queued } && command.ExpiresAt > decision.Moment.Now)
            Dispatch(decision, command);
        DeviceMessage? message = _state.Facts.Messages.FirstOrDefault(message => MessageReference + message.Id == reference);
        if (message is not null && message.ExpiresAt > decision.Moment.Now)
            Dispatch(decision, message);
    }

    /// <summary>
    /// For a row of the outbox, behind those that wait there: another process, with another clock, may have put them there.
    /// </summary>
    private string NewDownlinkId(Moment moment) =>
        moment.NewId(after: _state.Facts.OnTheirWay.Select(other => other.Id).Max(StringComparer.Ordinal));

    /// <summary>Puts a command or message into the outbox.</summary>
    private void Send(Decision decision, Downlink downlink)
    {
        decision.Emit(new Enqueue(downlink));
        _state.Facts = _state.Facts with
        {
            OnTheirWay =
            [
                .. _state.Facts.OnTheirWay.Where(other =>
                    other.Reference != downlink.Reference && decision.Moment.Now - other.Since < DownlinkOnItsWay.Longest
                ),
                new DownlinkOnItsWay(downlink.Reference, decision.Moment.Now, Id: downlink.Id),
            ],
        };
    }

    /// <summary>Whether it waits in the outbox; then it is remembered that somebody wants it.</summary>
    private bool IsOnItsWay(Moment moment, string reference)
    {
        if (_state.Facts.OnTheirWay.FirstOrDefault(other => other.Reference == reference) is not { } onItsWay)
            return false;
        if (moment.Now - onItsWay.Since >= DownlinkOnItsWay.Longest)
            return false;
        _state.Facts = _state.Facts with
        {
            OnTheirWay = [.. _state.Facts.OnTheirWay.Select(other => other == onItsWay ? onItsWay with { IsWanted = true } : other)],
        };
        return true;
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
