using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Web;

namespace OmniIoT.Api.Access.Sessions;

/// <summary>An agent's name and password.</summary>
/// <param name="Cookie">Whether the session is a browser's: the token comes as a cookie, and what it is to prove as <c>csrf</c>.</param>
/// <param name="Code">Of the second factor, or one of its recovery codes, where the agent has one.</param>
public sealed record SignInBody(string? User, string? Password, bool? Cookie, string? Code);

/// <summary>A signed-in agent, and what the agent may do.</summary>
/// <param name="Token">For the header <c>Authorization</c>; missing where a cookie has it.</param>
/// <param name="Csrf">For the header <c>X-OmniIoT-CSRF</c> of calls by cookie that change something.</param>
public sealed record AgentSession(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Token,
    string Id,
    string Name,
    string Role,
    IReadOnlyList<string> Rights,
    Instant ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Csrf = null
)
{
    /// <inheritdoc cref="MeView.Queues"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Queues { get; init; }

    /// <inheritdoc cref="MeView.Sites"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sites { get; init; }
}

internal static class SessionEndpoints
{
    public static void MapSession(this IEndpointRouteBuilder open) =>
        open.MapPost("/session", SignInAsync)
            .WithTags("Access")
            .WithSummary("Signs an agent in; a 401 with the reason codeRequired or codeWrong asks for a code of the second factor.")
            .Takes<SignInBody>()
            .Produces<AgentSession>()
            .Fails(401, 403, 422, 429);

    public static void MapSignOut(this IEndpointRouteBuilder api) =>
        api.MapDelete("/session", SignOutAsync)
            .WithTags("Access")
            .WithSummary("Signs out: ends the session that the call is made with.")
            .Produces(204)
            .Fails(401, 403);

    private static async Task<IResult> SignInAsync(
        HttpContext context,
        PasswordSignIn signIn,
        AgentSessions sessions,
        RecordedSignIns recorded,
        CancellationToken cancellationToken
    )
    {
        SignInBody body = await Body.ReadAsync<SignInBody>(context.Request, cancellationToken);
        Check(body);
        bool isBrowser = body.Cookie is true;
        if (isBrowser)
            SessionCookie.RefuseForeign(context.Request);
        AgentAccount account =
            await signIn.FindAsync(context, body, cancellationToken)
            ?? throw new ProblemException(Problem.Of(StatusCodes.Status401Unauthorized, "User and password do not belong together."));
        NewSession begun = await sessions.BeginAsync(account, context, cancellationToken);
        await recorded.BegunAsync(context, account.Id);
        return TypedResults.Ok(Tell(context, begun, isBrowser));
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context,
        AgentSessions sessions,
        RecordedSignIns recorded,
        CancellationToken cancellationToken
    )
    {
        if (
            context.Caller() is AgentCaller { SessionId: { } session } agent
            && await sessions.EndAsync(agent.Id, session, cancellationToken)
        )
            await recorded.EndedAsync(context, agent.Id);
        SessionCookie.Remove(context);
        return TypedResults.NoContent();
    }

    /// <summary>Begins it from where the call comes.</summary>
    internal static Task<NewSession> BeginAsync(
        this AgentSessions sessions,
        AgentAccount account,
        HttpContext context,
        CancellationToken cancellationToken
    ) => sessions.BeginAsync(account, ClientAddress.Of(context), context.Request.Headers.UserAgent.ToString(), cancellationToken);

    private static AgentSession Tell(HttpContext context, NewSession begun, bool isBrowser)
    {
        AgentAccount account = begun.Account;
        IReadOnlyList<string> rights = (begun.Role?.Rights ?? RightSet.None).Names;
        AgentSession told = new(null, account.Id, account.Name, account.Role, rights, begun.ExpiresAt)
        {
            Queues = begun.Role?.Bounds?.Queues,
            Sites = begun.Role?.Bounds?.Sites,
        };
        if (!isBrowser)
            return told with { Token = begun.Token.Text };
        SessionCookie.Set(context, begun.Token, begun.ExpiresAt);
        return told with { Csrf = begun.Token.Proof };
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
