using System.Text;

namespace OmniIoT.Api.Access.SecondFactor;

/// <summary>RFC 4648, 6, without padding: what authenticator apps take.</summary>
internal static class Base32
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int LetterBits = 5;
    private const int LetterMask = 31;

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        StringBuilder text = new(((bytes.Length * 8) + LetterBits - 1) / LetterBits);
        int held = 0,
            bits = 0;
        foreach (byte one in bytes)
        {
            held = (held << 8) | one;
            bits += 8;
            for (; bits >= LetterBits; bits -= LetterBits)
                text.Append(Letters[(held >> (bits - LetterBits)) & LetterMask]);
            held &= (1 << bits) - 1;
        }
        if (bits > 0)
            text.Append(Letters[(held << (LetterBits - bits)) & LetterMask]);
        return text.ToString();
    }
}
