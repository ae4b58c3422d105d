using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace OmniIoT.Mqtt.Wire;

/// <summary>MQTT's rules for text, in both directions.</summary>
internal static class Utf8Text
{
    /// <summary>Refuses unpaired surrogates instead of replacing them.</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private const byte FirstOfTwo = 0xC2; // Of U+0080 to U+00BF; the second byte is the character.
    private const byte LastControl = 0x9F;

    private static readonly SearchValues<byte> Controls = SearchValues.Create([
        .. Enumerable.Range(0x00, 0x20).Select(code => (byte)code),
        0x7F,
    ]);

    /// <summary>Well-formed (surrogates and overlong forms are not) and free of U+0000; U+FEFF is an ordinary character.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        Utf8.IsValid(utf8) // MQTT5 [MQTT-1.5.4-1], MQTT311 [MQTT-1.5.3-1]
        && !utf8.Contains((byte)0); // MQTT5 [MQTT-1.5.4-2], MQTT311 [MQTT-1.5.3-2]

    /// <summary>
    /// Whether well-formed text holds a control character, U+0000 to U+001F or U+007F to U+009F. Names with one are refused, as MQTT5
    /// [MQTT-1.5.4-2] and MQTT311 [MQTT-1.5.3-2] let a receiver do: they are a way into logs and terminals.
    /// </summary>
    public static bool HasControl(ReadOnlySpan<byte> utf8)
    {
        if (utf8.ContainsAny(Controls))
            return true;
        for (int at = utf8.IndexOf(FirstOfTwo); at >= 0; at = utf8.IndexOf(FirstOfTwo))
        {
            if (utf8[at + 1] <= LastControl)
                return true;
            utf8 = utf8[(at + 2)..];
        }
        return false;
    }

    /// <summary>The bytes of text that we are about to send; refuses what a peer would have to refuse.</summary>
    public static byte[] Encode(string text)
    {
        byte[] bytes = Strict.GetBytes(text);
        if (bytes.Length > ushort.MaxValue)
            throw new ArgumentException($"Text of {bytes.Length} bytes exceeds MQTT's 65,535.", nameof(text));
        if (bytes.AsSpan().Contains((byte)0))
            throw new ArgumentException("MQTT text must not contain U+0000.", nameof(text));
        return bytes;
    }
}
