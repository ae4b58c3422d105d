namespace OmniIoT.Dialects.Sparkplug;

/// <summary>What a topic of the namespace <c>spBv1.0</c> carries (Sparkplug 3.0, chapter 4).</summary>
public enum MessageType : byte
{
    NodeBirth,
    NodeDeath,
    NodeData,
    NodeCommand,
    DeviceBirth,
    DeviceDeath,
    DeviceData,
    DeviceCommand,
}
