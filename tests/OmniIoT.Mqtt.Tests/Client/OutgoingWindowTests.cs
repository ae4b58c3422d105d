using System.Buffers;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests.Client;

public sealed class OutgoingWindowTests
{
    private readonly ArrayBufferWriter<byte> _wire = new();

    [Fact]
    [
        Statement("MQTT-3.3.4-7", ProtocolVersion.V5),
        Statement("MQTT-4.9.0-1", ProtocolVersion.V5),
        Statement("MQTT-4.9.0-2", ProtocolVersion.V5)
    ]
    public void No_more_goes_on_the_wire_than_the_server_receives_at_once()
    {
        OutgoingWindow window = Create(maximumInFlight: 10);
        window.Begin(sessionPresent: false, receiveMaximum: 2, _wire);

        foreach (int _ in Enumerable.Range(0, 4))
            Accept(window);
        Assert.Equal(["PUBLISH 1", "PUBLISH 2"], Sent());

        Complete(window, 1);
        Assert.Equal(["PUBLISH 3"], Sent());
        Assert.Equal(3, window.Count);
    }

    [Fact]
    [
        Statement("MQTT-2.2.1-3", ProtocolVersion.V5),
        Statement("MQTT-4.3.2-1", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-1", ProtocolVersion.V5),
        Statement("MQTT-2.3.1-2", ProtocolVersion.V311),
        Statement("MQTT-4.3.2-1", ProtocolVersion.V311)
    ]
    public void A_full_window_takes_nothing_until_an_identifier_is_given_back()
    {
        OutgoingWindow window = Create(maximumInFlight: 2);
        window.Begin(false, 100, _wire);

        Assert.Equal([1, 2, 0], [Accept(window), Accept(window), Accept(window)]);
        window.Complete(1, _wire, out _);
        Assert.Equal(0, Accept(window));

        window.Free(1);
        Assert.Equal(1, Accept(window));
    }

    [Fact]
    [
        Statement("MQTT-3.3.1-1", ProtocolVersion.V5),
        Statement("MQTT-4.4.0-1", ProtocolVersion.V5),
        Statement("MQTT-4.6.0-1", ProtocolVersion.V5),
        Statement("MQTT-4.3.2-3", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-3", ProtocolVersion.V5),
        Statement("MQTT-2.3.1-3", ProtocolVersion.V311)
    ]
    [
        Statement("MQTT-3.3.1-1", ProtocolVersion.V311),
        Statement("MQTT-4.4.0-1", ProtocolVersion.V311),
        Statement("MQTT-4.6.0-1", ProtocolVersion.V311)
    ]
    public void After_a_reconnect_all_that_was_sent_comes_again_with_dup_and_in_order()
    {
        OutgoingWindow window = Create(maximumInFlight: 10);
        window.Begin(false, 3, _wire);
        foreach (int _ in Enumerable.Range(0, 4))
            Accept(window);
        Sent();

        window.Begin(sessionPresent: true, receiveMaximum: 100, _wire);

        Assert.Equal(["PUBLISH 1 dup", "PUBLISH 2 dup", "PUBLISH 3 dup", "PUBLISH 4"], Sent());
    }

    [Fact]
    [Statement("MQTT-3.2.2-5", ProtocolVersion.V5)]
    public void A_server_without_the_session_gets_the_messages_as_new_ones()
    {
        OutgoingWindow window = Create(maximumInFlight: 10);
        window.Begin(false, 100, _wire);
        Accept(window);
        Sent();

        Assert.Empty(window.Begin(sessionPresent: false, 100, _wire));

        Assert.Equal(["PUBLISH 1"], Sent());
    }

    [Fact]
    [
        Statement("MQTT-4.3.3-5", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-6", ProtocolVersion.V5),
        Statement("MQTT-4.3.3-1", ProtocolVersion.V311)
    ]
    public void A_message_the_server_has_taken_over_is_only_released_again()
    {
        OutgoingWindow window = Create(maximumInFlight: 10);
        window.Begin(false, 100, _wire);
        Accept(window, QualityOfService.ExactlyOnce);
        Accept(window, QualityOfService.ExactlyOnce);
        Assert.True(window.Release(1));
        Sent();

        window.Begin(sessionPresent: true, 100, _wire);

        Assert.Equal(["PUBREL 1", "PUBLISH 2 dup"], Sent());
    }

    [Fact]
    public void A_message_taken_over_by_a_server_that_lost_the_session_is_done()
    {
        OutgoingWindow window = Create(maximumInFlight: 10);
        window.Begin(false, 100, _wire);
        Accept(window, QualityOfService.ExactlyOnce);
        window.Release(1);
        Sent();

        List<(ushort Identifier, IPublishObserver? Observer)> settled = window.Begin(sessionPresent: false, 100, _wire);

        Assert.Equal(1, Assert.Single(settled).Identifier);
        Assert.Empty(Sent());
    }

    [Fact]
    public void An_acknowledgement_of_what_was_never_sent_changes_nothing()
    {
        OutgoingWindow window = Create(maximumInFlight: 10);
        window.Begin(false, 1, _wire);
        Accept(window);
        Accept(window);

        Assert.False(window.Complete(2, _wire, out _));
        Assert.False(window.Complete(9, _wire, out _));
        Assert.False(window.Complete(60_000, _wire, out _));
        Assert.False(window.Release(2));
        Assert.Equal(2, window.Count);
    }

    [Fact]
    public void A_window_over_a_store_that_outlived_its_process_sends_what_it_holds()
    {
        MemoryInFlightStore store = new();
        OutgoingWindow earlier = new(Options(10), store);
        foreach (int _ in Enumerable.Range(0, 3))
            Accept(earlier);
        earlier.Begin(false, 100, _wire);
        Complete(earlier, 2);
        Sent();

        OutgoingWindow later = new(Options(10), store);
        Assert.Equal(2, later.Count);
        later.Begin(sessionPresent: true, 100, _wire);
        Assert.Equal(["PUBLISH 1 dup", "PUBLISH 3 dup"], Sent());
        Assert.Equal(2, Accept(later));
        Assert.Equal(4, Accept(later));
    }

    [Fact]
    public void A_store_beyond_the_window_is_refused()
    {
        MemoryInFlightStore store = new();
        store.Add(11, [0x32, 0]);

        Assert.Throws<ArgumentException>(() => new OutgoingWindow(Options(10), store));
    }

    private static MqttClientOptions Options(int maximumInFlight) => new() { Host = "localhost", MaximumInFlight = maximumInFlight };

    private static OutgoingWindow Create(int maximumInFlight) => new(Options(maximumInFlight), new MemoryInFlightStore());

    private ushort Accept(OutgoingWindow window, QualityOfService qos = QualityOfService.AtLeastOnce) =>
        window.Accept("a"u8, "x"u8, qos, [], observer: null, _wire);

    private void Complete(OutgoingWindow window, ushort identifier)
    {
        Assert.True(window.Complete(identifier, _wire, out _));
        window.Free(identifier);
    }

    private List<string> Sent()
    {
        List<string> packets = new();
        ReadOnlySequence<byte> buffer = new(_wire.WrittenMemory.ToArray());
        while (PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, 1000, out PacketFrame frame))
        {
            using ContiguousBody body = frame.GetContiguousBody();
            packets.Add(
                frame.Type == PacketType.Publish
                    ? Publish(frame, body.Span)
                    : $"PUBREL {AckView.Decode(ProtocolVersion.V5, frame.Type, body.Span).PacketIdentifier}"
            );
        }

        _wire.ResetWrittenCount();
        return packets;
    }

    private static string Publish(PacketFrame frame, ReadOnlySpan<byte> body)
    {
        PublishView publish = PublishView.Decode(ProtocolVersion.V5, frame.Header.Flags, body);
        return $"PUBLISH {publish.PacketIdentifier}{(publish.Dup ? " dup" : "")}";
    }
}
