using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// A browser's push service (RFC 8030) that takes only what is proven by the key that was subscribed with (RFC 8292), and keeps what its
/// browsers read.
/// </summary>
/// <param name="time">By whose clock a proof may be out of date.</param>
public sealed class PushServer(TimeProvider time) : ProviderServer
{
    private readonly Dictionary<string, PushBrowser> _browsers = new(StringComparer.Ordinal);

    protected override JsonObject Unauthorized => [];

    /// <summary>The key that its browsers bind what they allow to; null: any will do.</summary>
    public string? ServerKey { get; set; }

    /// <summary>A new browser, and where it is told things.</summary>
    public (PushBrowser Browser, string Endpoint) Subscribe()
    {
        PushBrowser browser = new();
        string path = $"/push/{_browsers.Count + 1}";
        _browsers[path] = browser;
        return (browser, Endpoint + path);
    }

    protected override JsonObject? Answer(ProviderCall call)
    {
        if (!_browsers.TryGetValue(call.Path, out PushBrowser? browser) || !IsProven(call) || !call.Headers.ContainsKey("TTL"))
            return null;
        if (call.Headers.GetValueOrDefault("Content-Encoding") != "aes128gcm")
            return null;
        browser.Read(call.Bytes);
        return [];
    }

    private bool IsProven(ProviderCall call)
    {
        string said = call.Headers.GetValueOrDefault("Authorization", "");
        if (
            !said.StartsWith("vapid t=", StringComparison.Ordinal)
            || said["vapid t=".Length..].Split(", k=") is not [string token, string key]
        )
            return false;
        string[] parts = token.Split('.');
        using ECDsa verifier = ECDsa.Create(PushBrowser.Public(Base64Url.DecodeFromChars(key)));
        JsonNode claims = JsonNode.Parse(Base64Url.DecodeFromChars(parts[1]))!;
        DateTimeOffset ends = DateTimeOffset.FromUnixTimeSeconds((long)claims["exp"]!);
        return (ServerKey ?? key) == key
            && (string?)claims["aud"] == Endpoint
            // As Apple's service does, though the standard lets it be missing.
            && Uri.TryCreate((string?)claims["sub"], UriKind.Absolute, out Uri? contact)
            && (contact.Scheme is "mailto" or "https")
            && ends > time.GetUtcNow()
            && ends <= time.GetUtcNow().AddDays(1)
            && verifier.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256
            );
    }
}
