using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace OmniIoT.Api.Access;

/// <summary>User and password of a call (RFC 7617), as a browser asks for them by itself.</summary>
internal sealed record BasicCredentials(string User, string Password)
{
    private const string Scheme = "Basic ";

    /// <summary>What makes a browser ask.</summary>
    public const string Challenge = "Basic realm=\"OmniIoT\", charset=\"UTF-8\"";

    /// <summary>Null when the call has none.</summary>
    public static BasicCredentials? Of(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        byte[] bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[Scheme.Length..].Trim(), bytes, out int length))
            return null;
        string text = Encoding.UTF8.GetString(bytes, 0, length);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new BasicCredentials(text[..colon], text[(colon + 1)..]);
    }

    /// <summary>Tells them from others without holding the password. A user has no colon.</summary>
    public string Digest() => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{User}:{Password}")));
}
