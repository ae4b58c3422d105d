using System.Buffers;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests;

/// <summary>What a caller must not send is refused before a byte of it is written.</summary>
public sealed class EncoderTests
{
    private readonly ArrayBufferWriter<byte> _output = new();

    [Fact]
    public void A_property_of_another_packet_is_refused() =>
        Refused(() => new PacketProperties { TopicAlias = 1 }.Encode(PacketType.Connect));

    [Fact]
    public void A_property_value_that_the_statement_forbids_is_refused() =>
        Refused(() => new PacketProperties { ReceiveMaximum = 0 }.Encode(PacketType.Connect));

    [Fact]
    public void Text_with_a_null_character_is_refused() => Refused(() => new ConnectPacket(ProtocolVersion.V5, "a\0b").Encode(_output));

    [Fact]
    [Statement("MQTT-4.7.3-3", ProtocolVersion.V5), Statement("MQTT-4.7.3-3", ProtocolVersion.V311)]
    public void Text_beyond_65535_bytes_is_refused() =>
        Refused(() => new ConnectPacket(ProtocolVersion.V5, new string('a', 65_536)).Encode(_output));

    [Fact]
    public void A_lone_surrogate_is_refused() => Refused(() => new ConnectPacket(ProtocolVersion.V5, "a" + (char)0xDC00).Encode(_output));

    [Fact]
    public void A_password_without_user_name_is_refused_in_311() =>
        Refused(() => new ConnectPacket(ProtocolVersion.V311, "a") { Password = new byte[1] }.Encode(_output));

    [Fact]
    public void A_will_under_a_wildcard_is_refused() =>
        Refused(() => new ConnectPacket(ProtocolVersion.V5, "a") { Will = new WillMessage("w/#", default) }.Encode(_output));

    [Fact]
    public void A_publish_with_quality_of_service_needs_an_identifier() =>
        Refused(() => PublishWriter.Write(_output, ProtocolVersion.V5, "a"u8, default, QualityOfService.AtLeastOnce));

    [Fact]
    public void Properties_are_refused_in_a_311_publish() =>
        Refused(() => PublishWriter.Write(_output, ProtocolVersion.V311, "a"u8, default, properties: [0x01, 0x01]));

    [Fact]
    [Statement("MQTT-3.8.3-2", ProtocolVersion.V5)]
    public void A_subscribe_without_filter_is_refused() => Refused(() => new SubscribePacket(1, []).Encode(ProtocolVersion.V5, _output));

    [Theory]
    [InlineData(ReasonCode.QuotaExceeded, false)]
    [InlineData(ReasonCode.ServerBusy, true)]
    [InlineData(ReasonCode.NotAuthorized, true)]
    public void Version_311_has_return_codes_for_some_refusals_only(ReasonCode reason, bool hasCode)
    {
        Assert.Equal(hasCode, ConnAckPacket.CanExpress(ProtocolVersion.V311, reason));
        if (!hasCode)
            Refused(() => new ConnAckPacket(reason).Encode(ProtocolVersion.V311, _output));
    }

    [Fact]
    public void A_311_subscription_failure_is_0x80_whatever_its_reason()
    {
        new SubAckPacket(1, [ReasonCode.NotAuthorized]).Encode(ProtocolVersion.V311, _output);

        Assert.Equal([0x90, 0x03, 0x00, 0x01, 0x80], _output.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_refused_connection_never_says_that_a_session_is_present()
    {
        new ConnAckPacket(ReasonCode.NotAuthorized, SessionPresent: true).Encode(ProtocolVersion.V311, _output);

        Assert.Equal([0x20, 0x02, 0x00, 0x05], _output.WrittenSpan.ToArray());
    }

    [Fact]
    public void A_large_publish_is_the_same_as_a_small_one_but_for_its_size()
    {
        byte[] payload = Enumerable.Range(0, 300_000).Select(number => (byte)number).ToArray();

        int length = PublishWriter.Write(_output, ProtocolVersion.V5, "a"u8, payload, QualityOfService.AtLeastOnce, packetIdentifier: 5);

        Assert.Equal(
            (length, length),
            (_output.WrittenCount, PublishWriter.Measure(ProtocolVersion.V5, 1, payload.Length, QualityOfService.AtLeastOnce, 0))
        );
        ReadOnlySequence<byte> buffer = new(_output.WrittenMemory);
        Assert.True(PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, length, out PacketFrame frame));
        Assert.Equal(payload, PublishView.Decode(ProtocolVersion.V5, frame.Header.Flags, frame.Body.FirstSpan).Payload.ToArray());
    }

    [Theory]
    [InlineData("00044d515454 05", 5)]
    [InlineData("00064d5149736470 03", 3)]
    [InlineData("00044d515454", null)]
    [InlineData("ffff", null)]
    [InlineData("", null)]
    public void The_protocol_level_is_known_even_of_a_connect_that_is_refused(string body, int? level) =>
        Assert.Equal((byte?)level, ConnectPacket.PeekProtocolLevel(Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal))));

    private void Refused(Action encode)
    {
        Assert.ThrowsAny<ArgumentException>(encode);
        Assert.Equal(0, _output.WrittenCount);
    }
}
