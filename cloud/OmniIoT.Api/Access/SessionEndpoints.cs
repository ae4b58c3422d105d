using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;

namespace OmniIoT.Api.Access;

/// <summary>An agent's name and password.</summary>
public sealed record SignInBody(string? User, string? Password);

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder open) =>
        open.MapPost("/session", SignInAsync)
            .WithTags("Access")
            .WithSummary("Signs an agent in.")
            .Takes<SignInBody>()
            .Produces<AgentSession>()
            .Fails(401, 422, 429);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        AgentSessions sessions,
        SignInThrottle throttle,
        CancellationToken cancellationToken
    )
    {
        IPAddress address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (throttle.WaitOf(address) is { } wait)
            throw TooMany(context, wait);
        SignInBody body = await Body.ReadAsync<SignInBody>(context.Request, cancellationToken);
        Check(body);
        if (
            await sessions.SignInAsync(body.User!, body.Password!, cancellationToken) is { } session
        )
            return TypedResults.Ok(session);
        throttle.CountFailure(address);
        throw new ProblemException(
            Problem.Of(
                StatusCodes.Status401Unauthorized,
                "User and password do not belong together."
            )
        );
    }

    private static void Check(SignInBody body)
    {
        Mistakes mistakes = new();
        if (body.User is null)
            mistakes.Add("/user", "is missing");
        if (body.Password is null)
            mistakes.Add("/password", "is missing");
        mistakes.ThrowIfAny();
    }

    private static ProblemException TooMany(HttpContext context, TimeSpan wait)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds)
            .ToString(CultureInfo.InvariantCulture);
        return new ProblemException(
            Problem.Of(
                StatusCodes.Status429TooManyRequests,
                "Too many wrong passwords came from this address; wait a minute."
            )
        );
    }
}
