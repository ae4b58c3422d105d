using System.Text;
using System.Text.Json;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Simulators.Tests.Load;

public sealed class PublishTemplateTests
{
    [Theory]
    [InlineData(150)]
    [InlineData(200)]
    [InlineData(1000)]
    public void A_patched_copy_is_a_whole_packet_with_valid_telemetry(int bytes)
    {
        PublishTemplate template = new("devices/load-0001/telemetry", QualityOfService.AtLeastOnce, bytes);
        byte[] packet = new byte[template.Length];

        template.Write(packet, packetIdentifier: 77, unixMilliseconds: 1_795_000_000_123, sequence: 1_795_000_000_123_456);

        Assert.True(PacketFramer.TryReadHeader(packet, ProtocolVersion.V311, 1 << 20, out FixedHeader header));
        Assert.Equal(packet.Length, header.PacketLength);
        PublishView publish = PublishView.Decode(ProtocolVersion.V311, header.Flags, packet.AsSpan(header.Length));
        Assert.Equal(
            ("devices/load-0001/telemetry", (ushort)77, QualityOfService.AtLeastOnce),
            (Encoding.UTF8.GetString(publish.Topic), publish.PacketIdentifier, publish.Qos)
        );
        JsonElement telemetry = JsonDocument.Parse(Encoding.UTF8.GetString(publish.Payload)).RootElement;
        Assert.Equal(1_795_000_000_123, telemetry.GetProperty("ts").GetInt64());
        Assert.Equal(1_795_000_000_123_456, telemetry.GetProperty("seq").GetInt64());
        Assert.Equal(64.56, telemetry.GetProperty("values").GetProperty("temperature").GetDouble());
        Assert.True(telemetry.GetProperty("values").EnumerateObject().Count() >= 3);
        Assert.InRange(publish.Payload.Length, Math.Min(bytes, 160), Math.Max(bytes, 185));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        PublishTemplate template = new("devices/load-0001/telemetry", QualityOfService.AtLeastOnce, 200);
        byte[] packet = new byte[template.Length];
        template.Write(packet, 1, 1_795_000_000_123, 1_795_000_000_123_456);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 0; n < 1000; n++)
            template.Write(packet, 1, 1_795_000_000_123, 1_795_000_000_123_456 + n);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
