using System.Text.Json.Nodes;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainMessageTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void A_message_goes_from_queued_over_sent_to_delivered()
    {
        List<Effect> effects = Send("hello");
        DeviceMessage queued = effects.Single<PutDeviceMessage>().Message;
        Assert.Equal(DeviceMessageStatus.Queued, queued.Status);

        Assert.Equal(DeviceMessageStatus.Sent, Progress(queued, sessions: 1, acknowledged: false)?.Status);
        DeviceMessage delivered = Progress(queued, sessions: 1, acknowledged: true)!;

        Assert.Equal(
            (DeviceMessageStatus.Delivered, true, true),
            (delivered.Status, delivered.SentAt is not null, delivered.DeliveredAt is not null)
        );
        Assert.Empty(_bench.Grain.State.Facts.Messages);
        Assert.Null(Progress(queued, sessions: 1, acknowledged: true));
    }

    [Fact]
    public void A_message_goes_down_with_its_properties_until_it_expires()
    {
        Downlink downlink = Send("hello", lifetime: TimeSpan.FromMinutes(5)).Single<Enqueue>().Downlink;

        string id = _bench.Grain.State.Facts.Messages[0].Id;
        Assert.Equal(($"devices/w1/messages/{id}", "message:" + id, false), (downlink.Topic, downlink.Reference, downlink.Retain));
        Assert.Equal(DeviceBench.Start + TimeSpan.FromMinutes(5), downlink.ExpiresAt);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse(
                    $$"""{"id":"{{id}}","payload":"hello","properties":{"level":"high"},"expiresAt":"{{downlink.ExpiresAt}}"}"""
                ),
                JsonNode.Parse(downlink.Payload)
            )
        );
    }

    [Fact]
    public void A_message_that_nobody_acknowledged_is_sent_again_over_a_restart_and_one_that_is_held_is_not()
    {
        DeviceMessage first = Send("one").Single<PutDeviceMessage>().Message;
        DeviceMessage second = Send("two").Single<PutDeviceMessage>().Message;
        Progress(second, sessions: 1, acknowledged: false);
        _bench.Restart();

        List<Effect> again = _bench.Do((grain, decision) => grain.WantDownlinks(decision, ["message:" + first.Id]));

        Assert.Equal("message:" + second.Id, again.Single<Enqueue>().Downlink.Reference);
        Assert.Equal(
            [(first.Id, DeviceMessageStatus.Sent), (second.Id, DeviceMessageStatus.Queued)],
            again.OfType<PutDeviceMessage>().Select(put => (put.Message.Id, put.Message.Status))
        );
    }

    [Fact]
    public void A_message_expires()
    {
        Send("hello", lifetime: TimeSpan.FromMinutes(5));
        Assert.Equal(DeviceBench.Start + TimeSpan.FromMinutes(5), _bench.Grain.NextDue());

        List<Effect> effects = _bench.WakeUp(300);

        Assert.Equal(DeviceMessageStatus.Expired, effects.Single<PutDeviceMessage>().Message.Status);
        Assert.Null(_bench.Grain.NextDue());
    }

    [Fact]
    public void Too_large_or_too_many_messages_are_refused()
    {
        Assert.Equal("MessageTooLarge", Try(new string('x', DeviceMessage.MaxPayloadBytes)).Rejection?.Code);

        for (int i = 0; i < DeviceMessage.MaxPending; i++)
            Assert.Null(Try("small").Rejection);
        Assert.Equal("TooManyMessages", Try("small").Rejection?.Code);
    }

    [Fact]
    public void Large_messages_fill_the_room_of_a_device_sooner()
    {
        for (int i = 0; i < 4; i++)
            Assert.Null(Try(new string('x', DeviceMessage.MaxPayloadBytes - 2)).Rejection);

        Assert.Equal("TooManyMessages", Try("small").Rejection?.Code);
    }

    private List<Effect> Send(string text, TimeSpan? lifetime = null) => _bench.Do((_, _) => Try(text, lifetime), 0);

    private Reply<DeviceMessage> Try(string text, TimeSpan? lifetime = null) =>
        _bench.Grain.Handle(
            _bench.Decision,
            new SendDeviceMessage(JsonValue.Create(text), new Dictionary<string, string> { ["level"] = "high" }, lifetime, "agent:a")
        );

    private DeviceMessage? Progress(DeviceMessage message, int sessions, bool acknowledged) =>
        _bench
            .Do((grain, decision) => grain.DownlinkProgressed(decision, "message:" + message.Id, sessions, acknowledged))
            .OfType<PutDeviceMessage>()
            .SingleOrDefault()
            ?.Message;
}
