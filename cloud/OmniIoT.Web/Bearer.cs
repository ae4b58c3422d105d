using Microsoft.AspNetCore.Http;

namespace OmniIoT.Web;

/// <summary>The token of a call (RFC 6750).</summary>
public static class Bearer
{
    private const string Scheme = "Bearer ";

    /// <summary>Null when the call has none.</summary>
    public static string? Of(HttpRequest request)
    {
        string header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
