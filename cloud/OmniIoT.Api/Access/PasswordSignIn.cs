using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>
/// Signs agents in by their passwords, however these came; each counts before it is verified, and wrong ones stay counted.
/// </summary>
internal sealed class PasswordSignIn(AgentSessions sessions, SignInThrottle throttle, RecordedSignIns recorded)
{
    private static readonly TimeSpan WaitWhenBusy = TimeSpan.FromSeconds(2);

    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="ProblemException">Too many wrong passwords came, or too many come at this moment.</exception>
    public async Task<AgentSession?> SignInAsync(HttpContext context, string user, string password, CancellationToken cancellationToken)
    {
        Attempt attempt = throttle.Of(context.Connection.RemoteIpAddress ?? IPAddress.None, user);
        if (await attempt.TakeAsync() is { } wait)
        {
            await recorded.RefusedAsync(context, user, AuditActions.LockedOut);
            throw TooMany(context, wait, "Too many wrong passwords came; wait a minute.");
        }
        try
        {
            AgentSession? session = await sessions.SignInAsync(user, password, cancellationToken);
            if (session is null)
            {
                await recorded.RefusedAsync(context, user, AuditActions.Wrong);
                return null;
            }
            await attempt.GiveBackAsync();
            await recorded.BegunAsync(context, user);
            return session;
        }
        catch (QueueFullException)
        {
            await attempt.GiveBackAsync(); // It told nothing.
            throw TooMany(context, WaitWhenBusy, "Too many people sign in at this moment; try again in two seconds.");
        }
    }

    private static ProblemException TooMany(HttpContext context, TimeSpan wait, string detail)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return new ProblemException(Problem.Of(StatusCodes.Status429TooManyRequests, detail));
    }
}
