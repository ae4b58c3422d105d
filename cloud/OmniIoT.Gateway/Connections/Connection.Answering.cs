using System.Buffers;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Connections;

// Packets that the client waits for: they are never left out for their size.
internal sealed partial class Connection
{
    /// <summary>What the client takes.</summary>
    public ClientTerms Terms { get; set; } = ClientTerms.Unknown;

    /// <summary>
    /// Writes an answer, with a reason in words where the client wants one and the packet stays within its maximum. One that is too
    /// large even without ends the connection, since nothing else would be an answer: MQTT5 [MQTT-3.1.2-24].
    /// </summary>
    /// <param name="encode">Is given the reason string; null to leave it out.</param>
    public void Answer(Action<IBufferWriter<byte>, string?> encode, string? reason = null)
    {
        if (!TryAnswer(encode, reason))
            End(new ConnectionEnd(ReasonCode.PacketTooLarge, "the answer exceeds the client's maximum packet size"));
    }

    /// <summary>False when it is too large even without the reason; nothing was written then.</summary>
    public bool TryAnswer(Action<IBufferWriter<byte>, string?> encode, string? reason)
    {
        using ConnectionOutput.Appender appender = Output.Append();
        return (reason is not null && Terms.WantsReasons && TryWrite(appender.Bytes, encode, reason))
            || TryWrite(appender.Bytes, encode, null);
    }

    private bool TryWrite(PooledWriter bytes, Action<IBufferWriter<byte>, string?> encode, string? reason)
    {
        int before = bytes.Length;
        encode(bytes, reason);
        if (bytes.Length - before <= Terms.MaximumPacketSize)
            return true;
        bytes.Truncate(before);
        return false;
    }

    // What a PUBACK or PUBREC says of a refusal; the packet identifier tells which message.
    private void WriteAcknowledgement(PooledWriter bytes, PacketType type, ushort packetIdentifier, ReasonCode reason)
    {
        ReadOnlySpan<byte> said = Terms.WantsReasons ? RefusalProperties.Of(reason) : default;
        // MQTT5 [MQTT-3.4.2-2] [MQTT-3.5.2-2]
        bool isSaid = !said.IsEmpty && AckWriter.MaximumLength + 1 + said.Length <= Terms.MaximumPacketSize;
        if (isSaid)
            AckWriter.Write(bytes, Version, type, packetIdentifier, reason, said);
        else
            bytes.Advance(AckWriter.Write(bytes.GetSpan(AckWriter.MaximumLength), Version, type, packetIdentifier, reason));
    }
}
