using System.Text;
using System.Text.Unicode;

namespace OmniIoT.Mqtt;

/// <summary>MQTT's rules for text, in both directions.</summary>
internal static class Utf8Text
{
    /// <summary>Refuses unpaired surrogates instead of replacing them.</summary>
    public static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Well-formed (surrogates and overlong forms are not) and free of U+0000; U+FEFF is an ordinary character.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) // MQTT5 [MQTT-1.5.4-1], MQTT311 [MQTT-1.5.3-1]
        && !utf8.Contains((byte)0); // MQTT5 [MQTT-1.5.4-2], MQTT311 [MQTT-1.5.3-2]

    /// <summary>The bytes of text that we are about to send; refuses what a peer would have to refuse.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = Strict.GetBytes(text);
        if (bytes.Length > ushort.MaxValue)
            throw new ArgumentException(
                $"Text of {bytes.Length} bytes exceeds MQTT's 65,535.",
                nameof(text)
            );
        if (bytes.AsSpan().Contains((byte)0))
            throw new ArgumentException("MQTT text must not contain U+0000.", nameof(text));
        return bytes;
    }
}
