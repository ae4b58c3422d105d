using System.Buffers;
using System.IO.Pipelines;

namespace OmniIoT.Mqtt;

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
        var connect = options.ToConnectPacket(isFirstConnection);
        var request = new ArrayBufferWriter<byte>(256);
        connect.Encode(request);
        await stream.WriteAsync(request.WrittenMemory, cancellationToken);
        var accepted = await ReadAnswerAsync(input, options, cancellationToken);
        if (accepted.ReasonCode.IsFailure())
            throw new MqttClientException(accepted.ReasonCode, Describe(accepted));
        if (accepted.SessionPresent && connect.CleanStart)
            MqttProtocolException.ThrowProtocolError("A session is present after a clean start."); // MQTT5 [MQTT-3.2.2-2] [MQTT-3.2.2-4], MQTT311 [MQTT-3.2.2-1]
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
            var result = await input.ReadAsync(cancellationToken);
            var buffer = result.Buffer;
            if (
                PacketFramer.TryReadFrame(
                    ref buffer,
                    options.Version,
                    options.MaximumPacketSize,
                    out var frame
                )
            )
            {
                var accepted = Decode(frame, options.Version);
                input.AdvanceTo(buffer.Start);
                return accepted;
            }

            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
                throw new MqttClientException(
                    ReasonCode.UnspecifiedError,
                    "The server closed the connection instead of accepting it."
                );
        }
    }

    private static ConnAckPacket Decode(PacketFrame frame, ProtocolVersion version)
    {
        if (frame.Type != PacketType.ConnAck)
            MqttProtocolException.ThrowProtocolError($"{frame.Type} instead of CONNACK."); // MQTT5 [MQTT-3.2.0-1], MQTT311 [MQTT-3.2.0-1]
        using var body = frame.GetContiguousBody();
        return ConnAckPacket.Decode(version, body.Span);
    }

    private static string Describe(ConnAckPacket refusal)
    {
        var reason = refusal.Properties.ReasonString is { } text ? $": {text}" : "";
        var other = refusal.Properties.ServerReference is { } server ? $" (use {server})" : "";
        return $"The server refused the connection: {refusal.ReasonCode}{reason}{other}.";
    }
}
