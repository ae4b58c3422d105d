using System.Globalization;
using System.Text;
using OmniIoT.Devices.Time;

namespace OmniIoT.Dialects.Sparkplug;

/// <summary>What a host says of itself, retained, in the form of Sparkplug 3.0 and in that of 2.2.</summary>
/// <param name="Id">A level of a topic: neither empty nor with <c>/ + #</c>.</param>
public sealed record HostState(string Id)
{
    /// <summary>What the topics of 2.2 begin with; those of 3.0 begin as all of its namespace.</summary>
    public static ReadOnlySpan<byte> OldPrefix => "STATE/"u8;

    public string Topic => $"spBv1.0/STATE/{Id}";

    public string OldTopic => $"STATE/{Id}";

    /// <summary>UTF-8 JSON (3.0, section 6.4.27).</summary>
    /// <param name="at">Since when; a node does not believe an offline that is older than the online it knows.</param>
    public static byte[] Payload(bool isOnline, Instant at) =>
        Encoding.UTF8.GetBytes(
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{"online":{{(isOnline ? "true" : "false")}},"timestamp":{{at.UnixMilliseconds}}}"""
            )
        );

    public static byte[] OldPayload(bool isOnline) => isOnline ? "ONLINE"u8.ToArray() : "OFFLINE"u8.ToArray();
}
