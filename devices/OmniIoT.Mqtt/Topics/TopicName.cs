using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Topics;

/// <summary>Rules for the name a message is published under.</summary>
public static class TopicName
{
    /// <summary>
    /// Whether well-formed UTF-8 text can be a topic name: 1 to 65,535 bytes, no wildcard, no control character.
    /// That the text is well formed is the codec's check.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        !utf8.IsEmpty // MQTT5 [MQTT-4.7.3-1], MQTT311 [MQTT-4.7.3-1]
        && utf8.Length <= ushort.MaxValue // MQTT5 [MQTT-4.7.3-3], MQTT311 [MQTT-4.7.3-3]
        && !utf8.ContainsAny((byte)'+', (byte)'#') // MQTT5 [MQTT-3.3.2-2], MQTT311 [MQTT-3.3.2-2]
        && !Utf8Text.HasControl(utf8); // MQTT5 [MQTT-1.5.4-2], MQTT311 [MQTT-1.5.3-2]

    /// <summary>Whether <paramref name="name"/> can be sent as a topic name.</summary>
    public static bool IsValid(string name)
    {
        try
        {
            return IsValid(Utf8Text.Encode(name));
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
