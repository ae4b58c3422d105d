using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Access.Sessions;

/// <param name="Address">From where it was begun.</param>
/// <param name="Client">What the browser or program called itself.</param>
/// <param name="Current">Whether the call is made with it.</param>
public sealed record SessionView(
    string Id,
    string Address,
    string Client,
    Instant Since,
    Instant LastSeenAt,
    Instant ExpiresAt,
    bool Current
)
{
    internal static SessionView Of(StoredSession session, string? current) =>
        new(session.Id, session.Address, session.Client, session.Since, session.LastSeenAt, session.ExpiresAt, session.Id == current);
}

/// <summary>Sessions of others, for whoever looks after people.</summary>
internal static class AgentSessionEndpoints
{
    public static void MapAgentSessions(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder sessions = api.MapGroup("/agents/{id}/sessions").WithTags("Access");
        sessions.MapGet("", ListAsync).Shows<Page<SessionView>>("An agent's sessions, the newest first.");
        sessions
            .MapDelete("", EndAllAsync)
            .WithSummary("Ends all sessions of an agent, and what is open with them.")
            .Produces(204)
            .Fails(401, 403, 404);
        sessions
            .MapDelete("/{sessionId}", EndAsync)
            .WithSummary("Ends a session of an agent, and what is open with it.")
            .Produces(204)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(
        string id,
        HttpContext context,
        AgentAccounts accounts,
        AgentSessions sessions,
        CancellationToken cancellationToken
    )
    {
        AgentAccount account = await accounts.RequireAsync(id, cancellationToken);
        string? current = (context.Caller() as AgentCaller)?.SessionId;
        IReadOnlyList<StoredSession> found = await sessions.ListAsync(account, cancellationToken);
        return TypedResults.Ok(new Page<SessionView>([.. found.Select(one => SessionView.Of(one, current))], null));
    }

    private static async Task<IResult> EndAllAsync(
        string id,
        HttpContext context,
        AgentAccounts accounts,
        Roles roles,
        AccessDocuments documents,
        RecordedSignIns recorded,
        CancellationToken cancellationToken
    )
    {
        AgentAccount account = await accounts.RequireAsync(id, cancellationToken);
        context.RequireOwnRights(await roles.RightsOfAsync(account.Role, cancellationToken));
        await documents.CommitAsync(AgentSessions.EndAll(id));
        await recorded.RevokedAsync(context, id);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> EndAsync(
        string id,
        string sessionId,
        HttpContext context,
        AgentAccounts accounts,
        Roles roles,
        AgentSessions sessions,
        RecordedSignIns recorded
    )
    {
        AgentAccount account = await accounts.RequireAsync(id, context.RequestAborted);
        context.RequireOwnRights(await roles.RightsOfAsync(account.Role, context.RequestAborted));
        if (!await sessions.EndAsync(id, Query.Id(sessionId), context.RequestAborted))
            throw new ProblemException(Problem.NotFound("session", sessionId));
        await recorded.RevokedAsync(context, id);
        return TypedResults.NoContent();
    }
}
