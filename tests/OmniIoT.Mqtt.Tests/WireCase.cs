using System.Globalization;
using System.Text;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests;

/// <summary>Which end of a connection sends a packet; server tests take what a client sends.</summary>
public enum Sender
{
    Client,
    Server,
    Either,
}

/// <summary>One packet as bytes with what must come of it.</summary>
/// <param name="Notation">Hex digits; <c>s:text</c> length-prefixed UTF-8; <c>r:text</c> bare UTF-8; <c>( … )</c> its content behind a
/// variable-byte length.</param>
/// <param name="Expected">The decoded packet in <c>WireText</c>'s words; null for a malformed packet.</param>
/// <param name="Refusal">The reason a malformed packet is refused with; null for a valid packet.</param>
public sealed record WireCase(string Name, ProtocolVersion Version, Sender From, string Notation, string? Expected, ReasonCode? Refusal)
{
    /// <summary>The packet's bytes.</summary>
    public byte[] Bytes() => Parse(new Queue<string>(Notation.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

    public override string ToString() => $"{Version} {Name}";

    private static byte[] Parse(Queue<string> tokens)
    {
        List<byte> bytes = new();
        while (tokens.TryDequeue(out string? token) && token != ")")
            bytes.AddRange(ParseToken(token, tokens));
        return [.. bytes];
    }

    private static byte[] ParseToken(string token, Queue<string> tokens)
    {
        if (token == "(")
            return WithLength(Parse(tokens));
        if (token.StartsWith("r:", StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(token[2..]);
        if (!token.StartsWith("s:", StringComparison.Ordinal))
            return Convert.FromHexString(token);
        byte[] text = Encoding.UTF8.GetBytes(token[2..]);
        return [.. Convert.FromHexString(text.Length.ToString("x4", CultureInfo.InvariantCulture)), .. text];
    }

    private static byte[] WithLength(byte[] content)
    {
        List<byte> length = new();
        int rest = content.Length;
        do
        {
            length.Add((byte)(rest % 128 + (rest >= 128 ? 128 : 0)));
            rest /= 128;
        } while (rest > 0);
        return [.. length, .. content];
    }
}
