using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Problems;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>
/// Knows agents by their passwords, however these came; each counts before it is verified, and wrong ones stay counted.
/// </summary>
internal sealed class PasswordSignIn(PasswordVerifier verifier, SignInThrottle throttle)
{
    private static readonly TimeSpan WaitWhenBusy = TimeSpan.FromSeconds(2);

    /// <summary>Null when user and password do not belong together.</summary>
    /// <param name="also">What must hold beside the password; what is thrown there stays counted.</param>
    /// <exception cref="ProblemException">Too many wrong passwords came, or too many come at this moment.</exception>
    public async Task<AgentAccount?> FindAsync(
        HttpContext context,
        string user,
        string password,
        Func<AgentAccount, Task>? also,
        CancellationToken cancellationToken
    )
    {
        Attempt attempt = throttle.Of(context.Connection.RemoteIpAddress ?? IPAddress.None, user);
        if (await attempt.TakeAsync() is { } wait)
            throw TooMany(context, wait, "Too many wrong passwords came; wait a minute.");
        try
        {
            AgentAccount? account = await verifier.VerifyAsync(user, password, cancellationToken);
            if (account is null)
                return null;
            if (also is not null)
                await also(account);
            await attempt.GiveBackAsync();
            return account;
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
