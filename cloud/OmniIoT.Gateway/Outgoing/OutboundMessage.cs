namespace OmniIoT.Gateway.Outgoing;

/// <summary>A message that must outlive the buffer it came in; shared by all sessions that wait for it.</summary>
internal sealed record OutboundMessage(string TopicText, byte[] Topic, byte[] Payload, MessageExtras Extras)
{
    /// <summary>What it counts towards a queue's limit.</summary>
    public int Bytes => Topic.Length + Payload.Length + Extras.Properties.Length;
}
