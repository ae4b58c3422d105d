using Microsoft.AspNetCore.Http;

namespace OmniIoT.Api.Hosting;

/// <summary>
/// Headers that make browsers stricter. Whoever serves a page with other needs sets its own policy, and files that are nobody's secret say
/// how long they keep.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>
    /// The console: its own scripts only; styles inline, which its component library sets; map tiles as images from anywhere over
    /// TLS; framed by nobody else.
    /// </summary>
    private const string ConsolePolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; font-src 'self' data:; "
        + "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

    public static Task AddAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = ConsolePolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), payment=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        return next(context);
    }
}
