using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;

namespace OmniIoT.Api.Access;

/// <summary>Signs agents in by their passwords, however these came; wrong ones count against the address.</summary>
internal sealed class PasswordSignIn(AgentSessions sessions, SignInThrottle throttle)
{
    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="ProblemException">Too many wrong passwords came from the address.</exception>
    public async Task<AgentSession?> SignInAsync(HttpContext context, string user, string password, CancellationToken cancellationToken)
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (await throttle.WaitOfAsync(address) is { } wait)
            throw TooMany(context, wait);
        AgentSession? session = await sessions.SignInAsync(user, password, cancellationToken);
        if (session is null)
            await throttle.CountFailureAsync(address);
        return session;
    }

    private static ProblemException TooMany(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new ProblemException(
            Problem.Of(StatusCodes.Status429TooManyRequests, "Too many wrong passwords came from this address; wait a minute.")
        );
    }
}
