using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Framing;

/// <summary>The first two to five bytes of a packet.</summary>
/// <param name="First">Packet type in the upper four bits, flags in the lower four.</param>
/// <param name="Length">Bytes that the header itself takes, 2 to 5.</param>
/// <param name="BodyLength">The remaining length: bytes that follow the header.</param>
public readonly record struct FixedHeader(byte First, int Length, int BodyLength)
{
    public PacketType Type => (PacketType)(First >> 4);

    /// <summary>The lower four bits: DUP, QoS and RETAIN of a PUBLISH, fixed in all others.</summary>
    public byte Flags => (byte)(First & 0x0F);

    /// <summary>Bytes of the whole packet.</summary>
    public int PacketLength => Length + BodyLength;

    /// <summary>The first byte of every packet but PUBLISH, whose flags vary.</summary>
    internal static byte FirstByte(PacketType type) => (byte)(((int)type << 4) | RequiredFlags(type));

    /// <summary>The flags that the statement fixes for all packets but PUBLISH.</summary>
    internal static byte RequiredFlags(PacketType type) =>
        type is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? (byte)0b0010 : (byte)0;
}
