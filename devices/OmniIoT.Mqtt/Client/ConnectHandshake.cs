using System.Buffers;
using System.IO.Pipelines;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Client;

/// <summary>CONNECT out, CONNACK in.</summary>
internal static class ConnectHandshake
{
    /// <exception cref="MqttClientException">The server refused or closed.</exception>
    /// <exception cref="MqttProtocolException">The server answered with something else than a valid CONNACK.</exception>
    public static async Task<ConnAckPacket> PerformAsync(
        Stream stream,
        PipeReader input,
        MqttClientOptions options,
        bool isFirstConnection,
        CancellationToken cancellationToken
    )
    {
        ConnectPacket connect = options.ToConnectPacket(isFirstConnection);
        ArrayBufferWriter<byte> request = new(256);
        connect.Encode(request);
        await stream.WriteAsync(request.WrittenMemory, cancellationToken);
        ConnAckPacket accepted = await ReadAnswerAsync(input, options, cancellationToken);
        if (accepted.ReasonCode.IsFailure())
            throw new MqttClientException(accepted.ReasonCode, Describe(accepted));
        if (accepted.SessionPresent && connect.CleanStart)
            // MQTT5 [MQTT-3.2.2-2] [MQTT-3.2.2-4], MQTT311 [MQTT-3.2.2-1]
            MqttProtocolException.ThrowProtocolError("A session is present after a clean start.");
        return accepted;
    }

    private static async Task<ConnAckPacket> ReadAnswerAsync(
        PipeReader input,
        MqttClientOptions options,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            ReadResult result = await input.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = result.Buffer;
            if (PacketFramer.TryReadFrame(ref buffer, options.Version, options.MaximumPacketSize, out PacketFrame frame))
            {
                ConnAckPacket accepted = Decode(frame, options.Version);
                input.AdvanceTo(buffer.Start);
                return accepted;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                throw new MqttClientException(ReasonCode.UnspecifiedError, "The server closed the connection instead of accepting it.");
        }
    }

    private static ConnAckPacket Decode(PacketFrame frame, ProtocolVersion version)
    {
        if (frame.Type != PacketType.ConnAck)
            MqttProtocolException.ThrowProtocolError($"{frame.Type} instead of CONNACK."); // MQTT5 [MQTT-3.2.0-1], MQTT311 [MQTT-3.2.0-1]
        using ContiguousBody body = frame.GetContiguousBody();
        return ConnAckPacket.Decode(version, body.Span);
    }

    private static string Describe(ConnAckPacket refusal)
    {
        string reason = refusal.Properties.ReasonString is { } text ? $": {text}" : "";
        string other = refusal.Properties.ServerReference is { } server ? $" (use {server})" : "";
        return $"The server refused the connection: {refusal.ReasonCode}{reason}{other}.";
    }
}
