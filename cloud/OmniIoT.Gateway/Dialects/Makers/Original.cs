using System.Text;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects.Makers;

/// <summary>A message as it came, copied out of the read burst.</summary>
internal sealed class Original(in IncomingMessage message, ushort packetIdentifier)
{
    public string Topic { get; } = Encoding.UTF8.GetString(message.Topic);

    public byte[] Payload { get; } = message.Payload.ToArray();

    public QualityOfService Qos { get; } = (QualityOfService)message.Qos;

    public ushort PacketIdentifier { get; } = packetIdentifier;
}
