using System.Buffers;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Packets;

/// <summary>PINGREQ and PINGRESP: two bytes each.</summary>
public static class PingPacket
{
    /// <summary>Checks that a PINGREQ or PINGRESP has no body.</summary>
    // MQTT5 sections 3.12, 3.13; MQTT311 sections 3.12, 3.13
    public static void Decode(ReadOnlySpan<byte> body) => new WireReader(body).RequireEnd();

    public static void EncodeRequest(IBufferWriter<byte> output) =>
        output.Write((ReadOnlySpan<byte>)[FixedHeader.FirstByte(PacketType.PingReq), 0]);

    public static void EncodeResponse(IBufferWriter<byte> output) =>
        output.Write((ReadOnlySpan<byte>)[FixedHeader.FirstByte(PacketType.PingResp), 0]);
}
