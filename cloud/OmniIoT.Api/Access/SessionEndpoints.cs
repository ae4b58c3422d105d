using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
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

    private static async Task<IResult> SignInAsync(HttpContext context, PasswordSignIn signIn, CancellationToken cancellationToken)
    {
        SignInBody body = await Body.ReadAsync<SignInBody>(context.Request, cancellationToken);
        Check(body);
        return await signIn.SignInAsync(context, body.User!, body.Password!, cancellationToken) is { } session
            ? TypedResults.Ok(session)
            : throw new ProblemException(Problem.Of(StatusCodes.Status401Unauthorized, "User and password do not belong together."));
    }

    private static void Check(SignInBody body)
    {
        Mistakes mistakes = new();
        if (body.User is null)
            mistakes.Add("/user", Wrong.Missing);
        if (body.Password is null)
            mistakes.Add("/password", Wrong.Missing);
        mistakes.ThrowIfAny();
    }
}
