using System.Collections.Frozen;
using System.Text;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Tells what a file is by how it begins, whatever its sender calls it.</summary>
public static class MediaTypes
{
    public const string Unknown = "application/octet-stream";
    public const string PlainText = "text/plain";

    private static readonly (int Offset, byte[] Signature, string Type)[] Signatures =
    [
        (0, [0x89, .. "PNG\r\n\x1a\n"u8], "image/png"),
        (0, [0xff, 0xd8, 0xff], "image/jpeg"),
        (0, [.. "GIF87a"u8], "image/gif"),
        (0, [.. "GIF89a"u8], "image/gif"),
        (8, [.. "WEBP"u8], "image/webp"),
        (0, [.. "%PDF-"u8], "application/pdf"),
        (0, [.. "PK\x03\x04"u8], "application/zip"),
        // Of a file in boxes (ISO/IEC 14496-12, 4.3) its major brand says what is in them; of most brands that is a film.
        (4, [.. "ftypheic"u8], "image/heic"),
        (4, [.. "ftypheix"u8], "image/heic"),
        (4, [.. "ftypmif1"u8], "image/heic"),
        (4, [.. "ftypmsf1"u8], "image/heic"),
        (4, [.. "ftypM4A "u8], "audio/mp4"),
        (4, [.. "ftypqt  "u8], "video/quicktime"),
        (4, [.. "ftyp"u8], "video/mp4"),
        (0, [.. "OggS"u8], "audio/ogg"),
        (0, [.. "ID3"u8], "audio/mpeg"),
        (8, [.. "WAVE"u8], "audio/wav"),
    ];

    private static readonly FrozenDictionary<string, string> Endings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["image/png"] = ".png",
        ["image/jpeg"] = ".jpg",
        ["image/gif"] = ".gif",
        ["image/webp"] = ".webp",
        ["image/heic"] = ".heic",
        ["application/pdf"] = ".pdf",
        ["video/mp4"] = ".mp4",
        ["video/quicktime"] = ".mov",
        ["audio/mp4"] = ".m4a",
        ["audio/ogg"] = ".ogg",
        ["audio/mpeg"] = ".mp3",
        ["audio/wav"] = ".wav",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether a browser may show it in its place: pictures that cannot carry a program.</summary>
    public static bool IsShown(string type) => type is "image/png" or "image/jpeg" or "image/gif" or "image/webp";

    /// <summary>What the content is; what cannot be told is <see cref="Unknown"/>.</summary>
    public static string Sniff(ReadOnlySpan<byte> content)
    {
        foreach ((int offset, byte[] signature, string type) in Signatures)
        {
            if (content.Length >= offset + signature.Length && content[offset..].StartsWith(signature))
                return type;
        }
        return IsText(content) ? PlainText : Unknown;
    }

    /// <summary>A name with an ending, so that who downloads the file can open it.</summary>
    /// <param name="name">Left as it is when it has one, or when what the file is has none.</param>
    public static string NameOf(string name, ReadOnlySpan<byte> content) =>
        name.Contains('.', StringComparison.Ordinal) ? name : name + Endings.GetValueOrDefault(Sniff(content));

    private static bool IsText(ReadOnlySpan<byte> content)
    {
        if (content.IsEmpty || content.ContainsAnyInRange((byte)0, (byte)8))
            return false;
        try
        {
            Strict.GetCharCount(content);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
