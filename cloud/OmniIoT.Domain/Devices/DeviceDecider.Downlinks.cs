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
        SendNext(decision, Lane.Commands);
        SendNext(decision, Lane.Messages);
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
        Lane lane = LaneOf(reference);
        if (hasReached && lane is Lane.Messages)
            ProgressMessage(decision, reference[MessageReference.Length..], acknowledged);
        else if (hasReached && reference.StartsWith(CommandReference, StringComparison.Ordinal))
            Progress(decision, reference[CommandReference.Length..], acknowledged);
        if (hasReached || isWanted)
            SendNext(decision, lane);
        else if (Present(decision.Moment).Any())
            // It is there and was not told: its maker has no words for this one, which must not keep those behind it.
            SendNext(decision, lane, behind: reference);
    }

    /// <summary>
    /// Sends the oldest that waits, one at a time: were the next on its way before it is known that somebody was there for this one, a
    /// session that comes between would get the next alone, and this one behind it.
    /// </summary>
    /// <param name="behind">The oldest behind this one instead.</param>
    private void SendNext(Decision decision, Lane lane, string? behind = null)
    {
        Instant now = decision.Moment.Now;
        List<string> waiting = Waiting(lane, now);
        if (_state.Facts.OnTheirWay.Any(other => waiting.Contains(other.Reference) && now < other.LostAt))
            return;
        int next = behind is null ? 0 : waiting.IndexOf(behind) + 1;
        if (next >= waiting.Count)
            return;
        if (lane is Lane.Commands)
            Dispatch(decision, _state.Facts.Commands.First(command => CommandReference + command.Id == waiting[next]));
        else
            Dispatch(decision, _state.Facts.Messages.First(message => MessageReference + message.Id == waiting[next]));
    }

    /// <summary>When those in the outbox are taken to be lost, if others wait behind them, or somebody for them.</summary>
    private Instant? NextLost()
    {
        // Asked after each turn, and nearly always there is nothing.
        if (_state.Facts.OnTheirWay.Count == 0)
            return null;
        Instant? next = null;
        foreach (Lane lane in (Lane[])[Lane.Commands, Lane.Messages])
        {
            List<string> waiting = Waiting(lane, Instant.MinValue);
            List<DownlinkOnItsWay> onTheirWay = [.. _state.Facts.OnTheirWay.Where(other => waiting.Contains(other.Reference))];
            if (onTheirWay.Count > 0 && (waiting.Count > onTheirWay.Count || onTheirWay.Exists(other => other.IsWanted)))
                next = Earlier(next, onTheirWay.Max(other => other.LostAt));
        }
        return next;
    }

    private static Lane LaneOf(string reference) =>
        reference.StartsWith(MessageReference, StringComparison.Ordinal) ? Lane.Messages : Lane.Commands;

    /// <summary>References of what nobody has yet, the oldest first.</summary>
    private List<string> Waiting(Lane lane, Instant now) =>
        lane is Lane.Commands
            ?
            [
                .. _state
                    .Facts.Commands.Where(command => command.Status is CommandStatus.Queued && command.ExpiresAt > now)
                    .Select(command => CommandReference + command.Id),
            ]
            :
            [
                .. _state
                    .Facts.Messages.Where(message => message.Status is DeviceMessageStatus.Queued && message.ExpiresAt > now)
                    .Select(message => MessageReference + message.Id),
            ];

    /// <summary>Puts a command or message into the outbox.</summary>
    private void Send(Decision decision, Downlink downlink)
    {
        Lane lane = LaneOf(downlink.Reference);
        List<DownlinkOnItsWay> lost =
        [
            .. _state.Facts.OnTheirWay.Where(other =>
                other.Reference == downlink.Reference || (other.LostAt <= decision.Moment.Now && LaneOf(other.Reference) == lane)
            ),
        ];
        // The outbox tries for longer than we wait: of two rows the device would get both.
        foreach (string row in lost.Select(other => other.Id).OfType<string>())
            decision.Emit(new Dequeue(row));
        decision.Emit(new Enqueue(downlink));
        _state.Facts = _state.Facts with
        {
            OnTheirWay =
            [
                .. _state.Facts.OnTheirWay.Except(lost),
                new DownlinkOnItsWay(downlink.Reference, decision.Moment.Now, Id: downlink.Id),
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

    /// <summary>Commands and messages go their own ways: who takes the ones may not take the others.</summary>
    private enum Lane
    {
        Commands,
        Messages,
    }
}
