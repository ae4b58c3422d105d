using System.Text.Json.Nodes;

namespace OmniIoT.Edge.Updates;

/// <summary>The version of the agent that the twin desires.</summary>
/// <param name="Size">Of the package, in bytes.</param>
/// <param name="Sha256">Of the package.</param>
/// <param name="Signature">ECDSA over the package with SHA-256, in DER.</param>
internal sealed record Firmware(string Version, Uri Url, long Size, byte[] Sha256, byte[] Signature)
{
    /// <summary>The desired property.</summary>
    public const string Property = "firmware";

    public const long LargestBytes = 512L * 1024 * 1024;

    private const int LongestVersion = 64;

    /// <summary>Null, with what is wrong, when it is none.</summary>
    public static Firmware? Read(JsonNode? node, out string? mistake)
    {
        mistake = null;
        if (node is not JsonObject wanted)
            mistake = "is no object";
        else if (Text(wanted, "version") is not { Length: > 0 and <= LongestVersion } version)
            mistake = $"'version' is not a text of 1 to {LongestVersion} characters";
        else if (!Uri.TryCreate(Text(wanted, "url"), UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
            mistake = "'url' is not an address of http or https";
        else if (wanted["size"] is not JsonValue bytes || !bytes.TryGetValue(out long size) || size is < 1 or > LargestBytes)
            mistake = $"'size' is not a number of bytes, 1 to {LargestBytes}";
        else if (Hash(Text(wanted, "sha256")) is not { } sha256)
            mistake = "'sha256' is not a SHA-256 of 64 hexadecimal digits";
        else if (Base64(Text(wanted, "signature")) is not { } signature)
            mistake = "'signature' is not one in base64";
        else
            return new Firmware(version, url, size, sha256, signature);
        return null;
    }

    private static string? Text(JsonObject wanted, string name) =>
        wanted[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    private static byte[]? Hash(string? text) =>
        text is { Length: 64 } && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;

    private static byte[]? Base64(string? text)
    {
        byte[] bytes = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, bytes, out int length) && length > 0 ? bytes[..length] : null;
    }
}
