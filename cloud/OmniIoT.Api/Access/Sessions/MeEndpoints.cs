using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access.Sessions;

/// <summary>Who makes the call.</summary>
/// <param name="Id">An agent's, or <c>api</c> and perhaps the key's of a program.</param>
/// <param name="Role">Missing for a program.</param>
/// <param name="Csrf">For a call by cookie: what its session is to prove.</param>
public sealed record MeView(
    string Id,
    string Name,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Role,
    IReadOnlyList<string> Rights,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Csrf = null
)
{
    /// <summary>The only queues that the rights reach; missing: queues do not limit them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>Ids of the only sites that the rights reach; missing: sites do not limit them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Sites { get; init; }
}

/// <summary>One's own password.</summary>
/// <param name="Current">The one that it is now.</param>
/// <param name="New">At least twelve characters, none of the commonest.</param>
public sealed record PasswordBody(string? Current, string? New);

/// <summary>What concerns who makes the call.</summary>
internal static class MeEndpoints
{
    public static void MapMe(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder me = api.MapGroup("/me").WithTags("Access");
        me.MapGet("", GetAsync).WithSummary("Who the caller is, and may do.").Produces<MeView>().Fails(401, 403);
        me.MapGet("/sessions", ListAsync)
            .WithSummary("The caller's sessions, the newest first; when one was last seen is true to five minutes.")
            .Produces<Page<SessionView>>()
            .Fails(401, 403);
        me.MapDelete("/sessions/{id}", EndAsync)
            .WithSummary("Ends one of the caller's sessions, and what is open with it.")
            .Produces(204)
            .Fails(401, 403, 404);
        me.MapPut("/password", ChangePasswordAsync)
            .WithSummary("Changes the caller's password; all other sessions of theirs end.")
            .Takes<PasswordBody>()
            .Produces(204)
            .Fails(401, 403, 409, 422, 429);
    }

    private static async Task<IResult> GetAsync(HttpContext context, AgentAccounts accounts, CancellationToken cancellationToken)
    {
        Caller caller = context.Caller();
        if (caller is not AgentCaller agent)
            return TypedResults.Ok(Bounded(new MeView(caller.Actor, caller.Actor, null, caller.Rights.Names), caller));
        AgentAccount account = await accounts.RequireAsync(agent, cancellationToken);
        string? proof = SessionCookie.Of(context.Request) is { } cookie && cookie.Text == context.CallerToken() ? cookie.Proof : null;
        return TypedResults.Ok(Bounded(new MeView(account.Id, account.Name, account.Role, caller.Rights.Names, proof), caller));
    }

    private static MeView Bounded(MeView me, Caller caller) => me with { Queues = caller.Bounds?.Queues, Sites = caller.Bounds?.Sites };

    private static async Task<IResult> ListAsync(
        HttpContext context,
        AgentAccounts accounts,
        AgentSessions sessions,
        CancellationToken cancellationToken
    )
    {
        AgentCaller agent = context.RequireAgent();
        AgentAccount account = await accounts.RequireAsync(agent, cancellationToken);
        IReadOnlyList<StoredSession> found = await sessions.ListAsync(account, cancellationToken);
        return TypedResults.Ok(new Page<SessionView>([.. found.Select(one => SessionView.Of(one, agent.SessionId))], null));
    }

    private static async Task<IResult> EndAsync(
        string id,
        HttpContext context,
        AgentSessions sessions,
        RecordedSignIns recorded,
        CancellationToken cancellationToken
    )
    {
        string agent = context.RequireAgent().Id;
        if (!await sessions.EndAsync(agent, Query.Id(id), cancellationToken))
            throw new ProblemException(Problem.NotFound("session", id));
        await recorded.RevokedAsync(context, agent);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ChangePasswordAsync(
        HttpContext context,
        AgentAccounts accounts,
        AgentSessions sessions,
        PasswordSignIn signIn,
        CancellationToken cancellationToken
    )
    {
        AgentCaller agent = context.RequireAgent();
        PasswordBody body = await Body.ReadAsync<PasswordBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        if (body.Current is null)
            mistakes.Add("/current", Wrong.Missing);
        if (body.New is null)
            mistakes.Add("/new", Wrong.Missing);
        mistakes.ThrowIfAny();
        AgentAccount? account = await signIn.FindAsync(context, agent.Id, body.Current!, cancellationToken);
        if (account is null)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/current", "is not the password")));
        if (PasswordRules.FindMistake("/new", body.New!, agent.Id) is { } mistake)
            throw new ProblemException(Problem.Unprocessable(mistake));
        AgentAccount renewed = account with { PasswordHash = SecretHasher.Hash(body.New!, SecretHasher.PasswordIterations) };
        return await accounts.RenewAsync(
            account,
            renewed,
            await sessions.EndOthersAsync(renewed, agent.SessionId ?? "", cancellationToken),
            cancellationToken
        )
            ? TypedResults.NoContent()
            : throw new ProblemException(
                Problem.Of(
                    StatusCodes.Status409Conflict,
                    "The account or its sessions were changed meanwhile; try again.",
                    "ChangedMeanwhile"
                )
            );
    }

    /// <exception cref="ProblemException">A program makes the call.</exception>
    internal static AgentCaller RequireAgent(this HttpContext context) =>
        context.Caller() as AgentCaller
        ?? throw new ProblemException(Problem.Of(StatusCodes.Status403Forbidden, "This is for people who are signed in.", "NotAPerson"));

    internal static async ValueTask<AgentAccount> RequireAsync(
        this AgentAccounts accounts,
        AgentCaller agent,
        CancellationToken cancellationToken
    ) => await accounts.FindAsync(agent.Id, cancellationToken) ?? throw Access.Forbidden();
}
