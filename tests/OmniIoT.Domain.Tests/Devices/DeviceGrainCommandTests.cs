using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainCommandTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void A_command_goes_from_queued_over_sent_and_delivered_to_succeeded()
    {
        DeviceCommand queued = Send();
        Assert.Equal(CommandStatus.Queued, queued.Status);

        Assert.Equal(CommandStatus.Sent, Progress(queued, sessions: 1, acknowledged: false)?.Status);
        Assert.Equal(CommandStatus.Delivered, Progress(queued, sessions: 1, acknowledged: true)?.Status);
        List<Effect> effects = _bench.Send(3, $"commands/{queued.Id}/response", """{"status":"succeeded","result":{"spin":400}}""");

        DeviceCommand done = effects.Single<PutCommand>().Command;
        Assert.Equal((CommandStatus.Succeeded, 400), (done.Status, (int?)done.Result!["spin"]));
        Assert.Equal([TimelineKind.CommandCompleted], effects.TimelineKinds());
    }

    [Fact]
    public void A_command_that_nobody_was_there_for_is_sent_again_when_somebody_wants_it()
    {
        DeviceCommand queued = Send();
        Assert.Null(Progress(queued, sessions: 0, acknowledged: false));

        Downlink again = _bench.Do((grain, decision) => grain.WantDownlinks(decision, [])).Single<Enqueue>().Downlink;

        Assert.EndsWith($"/{queued.Id}/request", again.Topic, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_on_its_way_is_not_sent_twice_to_who_comes_meanwhile_and_again_if_nobody_was_there()
    {
        DeviceCommand queued = Send();
        Assert.Empty(Want());
        Assert.Empty(Want());

        List<Effect> again = _bench.Do(
            (grain, decision) => grain.DownlinkProgressed(decision, "command:" + queued.Id, sessions: 0, acknowledged: false)
        );
        Assert.Equal("command:" + queued.Id, again.Single<Enqueue>().Downlink.Reference);
        Assert.Empty(Want());
        Assert.Equal(CommandStatus.Sent, Progress(queued, sessions: 1, acknowledged: false)?.Status);
        Assert.Empty(Want());

        IEnumerable<Enqueue> Want() => _bench.Do((grain, decision) => grain.WantDownlinks(decision, [])).OfType<Enqueue>();
    }

    [Fact]
    public void A_command_of_which_nothing_is_heard_is_sent_again_to_who_comes_after_a_while()
    {
        _bench.Do((grain, decision) => grain.Handle(decision, new SendCommand("restart", null, TimeSpan.FromMinutes(10), "agent:a")), 0);

        Assert.Empty(_bench.Do((grain, decision) => grain.WantDownlinks(decision, []), 59).OfType<Enqueue>());
        Assert.Single(_bench.Do((grain, decision) => grain.WantDownlinks(decision, []), 60).OfType<Enqueue>());
    }

    [Fact]
    public void A_command_that_the_session_holds_already_is_sent_and_not_repeated()
    {
        DeviceCommand queued = Send();

        List<Effect> effects = _bench.Do((grain, decision) => grain.WantDownlinks(decision, ["command:" + queued.Id]));

        Assert.Equal(CommandStatus.Sent, effects.Single<PutCommand>().Command.Status);
        Assert.Empty(effects.OfType<Enqueue>());
    }

    [Fact]
    public void An_unanswered_command_expires_and_a_late_answer_changes_nothing()
    {
        DeviceCommand queued = Send();
        Assert.Equal(queued.ExpiresAt, _bench.Grain.NextDue());

        List<Effect> expired = _bench.WakeUp(61);
        Assert.Equal(CommandStatus.Expired, expired.Single<PutCommand>().Command.Status);

        Assert.Empty(_bench.Send(62, $"commands/{queued.Id}/response", """{"status":"succeeded"}"""));
    }

    [Fact]
    public void A_command_that_the_model_lacks_is_refused_with_those_it_has()
    {
        Reply<DeviceCommand> reply = _bench.Grain.Handle(_bench.Decision, new SendCommand("explode", null, null, "agent:a"));

        Assert.Equal((RejectionKind.Invalid, "/name"), (reply.Rejection!.Kind, reply.Rejection.Pointer));
        Assert.Contains("restart, slow-spin", reply.Rejection.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_large_or_too_many_commands_are_refused_until_there_is_room_again()
    {
        Assert.Equal("CommandTooLarge", Try(DeviceCommand.MaxArgumentBytes).Rejection?.Code);
        for (int i = 0; i < 4; i++)
            Assert.Null(Try((DeviceCommand.MaxPendingBytes / 4) - 100).Rejection);
        Assert.Equal("TooManyCommands", Try(1000).Rejection?.Code);

        _bench.WakeUp(3600);
        for (int i = 0; i < DeviceCommand.MaxPending; i++)
            Assert.Null(Try(1).Rejection);
        Assert.Equal("TooManyCommands", Try(1).Rejection?.Code);

        Reply<DeviceCommand> Try(int length) =>
            _bench.Grain.Handle(
                _bench.Decision,
                new SendCommand("restart", new JsonObject { ["text"] = new string('x', length) }, TimeSpan.FromMinutes(10), "agent:a")
            );
    }

    [Fact]
    public void Desired_properties_merge_count_up_and_go_down_retained()
    {
        List<Effect> effects = _bench.Do(
            (grain, decision) => grain.Handle(decision, new PatchDesired(new JsonObject { ["interval"] = 5 }, ExpectedVersion: 0))
        );

        Downlink downlink = effects.Single<Enqueue>().Downlink;
        Assert.True(downlink.Retain);
        Assert.Equal("""{"version":1,"desired":{"interval":5}}""", Encoding.UTF8.GetString(downlink.Payload));
        Assert.Equal(RejectionKind.Stale, _bench.Grain.Handle(_bench.Decision, new PatchDesired([], ExpectedVersion: 0)).Rejection?.Kind);
    }

    private DeviceCommand Send() =>
        _bench
            .Do((grain, decision) => grain.Handle(decision, new SendCommand("restart", null, null, "agent:a")), 0)
            .Single<PutCommand>()
            .Command;

    private DeviceCommand? Progress(DeviceCommand command, int sessions, bool acknowledged) =>
        _bench
            .Do((grain, decision) => grain.DownlinkProgressed(decision, "command:" + command.Id, sessions, acknowledged))
            .OfType<PutCommand>()
            .SingleOrDefault()
            ?.Command;
}
