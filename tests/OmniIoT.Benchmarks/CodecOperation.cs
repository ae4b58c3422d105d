using System.Buffers;
using System.Text;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Benchmarks;

/// <summary>A 5.0 PUBLISH of 200 bytes is framed and decoded, and encoded again.</summary>
internal sealed class CodecOperation
{
    private readonly byte[] _packet;
    private readonly ArrayBufferWriter<byte> _output = new(1024);

    public CodecOperation()
    {
        PublishWriter.Write(
            _output,
            ProtocolVersion.V5,
            "devices/press-7/telemetry"u8,
            Encoding.UTF8.GetBytes(SamplePayloads.Telemetry(1)),
            QualityOfService.AtLeastOnce,
            packetIdentifier: 7
        );
        _packet = _output.WrittenSpan.ToArray();
    }

    public int Run()
    {
        ReadOnlySequence<byte> buffer = new(_packet);
        PacketFramer.TryReadFrame(ref buffer, ProtocolVersion.V5, 1 << 20, out PacketFrame frame);
        using ContiguousBody body = frame.GetContiguousBody();
        PublishView publish = PublishView.Decode(ProtocolVersion.V5, frame.Header.Flags, body.Span);
        _output.ResetWrittenCount();
        return PublishWriter.Write(
            _output,
            ProtocolVersion.V5,
            publish.Topic,
            publish.Payload,
            publish.Qos,
            packetIdentifier: publish.PacketIdentifier
        );
    }
}
