using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Access.Sessions;

/// <summary>
/// How a browser keeps a session: where no script reads it and no foreign page has it sent. What changes something says the session's
/// <see cref="SessionToken.Proof"/> as well, in a header that a foreign page cannot set.
/// </summary>
internal static class SessionCookie
{
    public const string ProofHeader = "X-OmniIoT-CSRF";

    private const string Name = "omniiot-session";

    /// <summary>Browsers take it over TLS only, for this host alone.</summary>
    private const string SecureName = "__Host-" + Name;

    /// <summary>Null when the call has none.</summary>
    public static SessionToken? Of(HttpRequest request) => request.Cookies[NameFor(request)] is { } text ? SessionToken.Read(text) : null;

    public static void Set(HttpContext context, SessionToken token, Instant expiresAt) =>
        context.Response.Cookies.Append(NameFor(context.Request), token.Text, Options(context.Request, expiresAt));

    public static void Remove(HttpContext context) =>
        context.Response.Cookies.Append(NameFor(context.Request), "", Options(context.Request, new Instant(0)));

    /// <exception cref="ProblemException">The call changes something and does not prove that the console makes it.</exception>
    public static void RequireProof(HttpRequest request, SessionToken token)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return;
        byte[] shown = Encoding.UTF8.GetBytes(request.Headers[ProofHeader].ToString());
        if (!CryptographicOperations.FixedTimeEquals(shown, Encoding.UTF8.GetBytes(token.Proof)))
            throw new ProblemException(
                Problem.Of(
                    StatusCodes.Status403Forbidden,
                    $"A call by cookie that changes something needs the header '{ProofHeader}' with the session's proof.",
                    "NoProof"
                )
            );
    }

    /// <summary>
    /// A foreign page must not sign somebody in as another. Browsers say over HTTPS, and for this machine, whose page asks; over plain HTTP
    /// they say with what changes something only where it is from.
    /// </summary>
    /// <exception cref="ProblemException">The browser says that one asks.</exception>
    public static void RefuseForeign(HttpRequest request)
    {
        string site = request.Headers["Sec-Fetch-Site"].ToString();
        bool isForeign = site.Length > 0 ? site is "cross-site" or "same-site" : !IsOwn(request.Headers.Origin.ToString(), request.Host);
        if (isForeign)
            throw new ProblemException(Problem.Of(StatusCodes.Status403Forbidden, "Another site's page asks for this.", "ForeignPage"));
    }

    /// <summary>By host and port alone: a balancer may speak HTTPS for us.</summary>
    private static bool IsOwn(string origin, HostString host) =>
        origin.Length == 0
        || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from) && from.Host == host.Host.Trim('[', ']') && IsPort(from, host.Port));

    private static bool IsPort(Uri from, int? port) => port is null ? from.IsDefaultPort : from.Port == port;

    private static string NameFor(HttpRequest request) => request.IsHttps ? SecureName : Name;

    private static CookieOptions Options(HttpRequest request, Instant expiresAt) =>
        new()
        {
            HttpOnly = true,
            Secure = request.IsHttps,
            SameSite = SameSiteMode.Strict,
            Path = "/",
            Expires = expiresAt.ToDateTimeOffset(),
        };
}
