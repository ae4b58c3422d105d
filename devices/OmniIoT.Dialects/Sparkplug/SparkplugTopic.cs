using System.Diagnostics.CodeAnalysis;

namespace OmniIoT.Dialects.Sparkplug;

/// <summary>
/// A topic <c>spBv1.0/{group}/{type}/{edge node}[/{device}]</c>. A device's message names its device, a node's message none.
/// </summary>
/// <param name="Device">Null for messages of the edge node itself.</param>
public sealed record SparkplugTopic(string Group, MessageType Type, string Node, string? Device)
{
    /// <summary>The namespace of Sparkplug B with its slash: what all its topics begin with.</summary>
    public static ReadOnlySpan<byte> Prefix => "spBv1.0/"u8;

    private const string Namespace = "spBv1.0";

    /// <summary>False for what is no topic of an edge node or a device, such as the state of a host.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SparkplugTopic? topic)
    {
        topic = null;
        string[] levels = text.Split('/');
        if (levels.Length is not (4 or 5) || levels[0] != Namespace || levels.Any(level => level.Length == 0))
            return false;
        if (TypeOf(levels[2]) is not { } type || IsOfDevice(type) != (levels.Length == 5))
            return false;
        topic = new SparkplugTopic(levels[1], type, levels[3], levels.ElementAtOrDefault(4));
        return true;
    }

    public override string ToString() => $"{Namespace}/{Group}/{NameOf(Type)}/{Node}{(Device is null ? "" : "/" + Device)}";

    private static bool IsOfDevice(MessageType type) => type >= MessageType.DeviceBirth;

    private static MessageType? TypeOf(string name) =>
        name switch
        {
            "NBIRTH" => MessageType.NodeBirth,
            "NDEATH" => MessageType.NodeDeath,
            "NDATA" => MessageType.NodeData,
            "NCMD" => MessageType.NodeCommand,
            "DBIRTH" => MessageType.DeviceBirth,
            "DDEATH" => MessageType.DeviceDeath,
            "DDATA" => MessageType.DeviceData,
            "DCMD" => MessageType.DeviceCommand,
            _ => null,
        };

    private static string NameOf(MessageType type) =>
        type switch
        {
            MessageType.NodeBirth => "NBIRTH",
            MessageType.NodeDeath => "NDEATH",
            MessageType.NodeData => "NDATA",
            MessageType.NodeCommand => "NCMD",
            MessageType.DeviceBirth => "DBIRTH",
            MessageType.DeviceDeath => "DDEATH",
            MessageType.DeviceData => "DDATA",
            _ => "DCMD",
        };
}
