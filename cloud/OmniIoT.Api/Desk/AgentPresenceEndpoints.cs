using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Ports;

namespace OmniIoT.Api.Desk;

/// <summary>Agents say whether they are there; who leads them may for them.</summary>
internal static class AgentPresenceEndpoints
{
    private static readonly RightSet Leading = RightSet.Of("people:write", "queues:write");

    public static void MapAgentPresence(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder agents = api.MapGroup("/agents").WithTags("Routing");
        agents.MapGet("/{id}/presence", GetAsync).Shows<PresenceView>("Whether an agent is there; one who never said is offline.");
        agents
            .MapPut("/{id}/presence", PutAsync)
            .WithSummary(
                "Says whether an agent is there. It ends when they sign out, or half a minute after their last event stream ended."
            )
            .Takes<PresenceBody>()
            .Produces<PresenceView>()
            .Fails(401, 403, 404, 422);
    }

    private static async Task<IResult> GetAsync(string id, AgentAccounts accounts, Presences presences, CancellationToken cancellationToken)
    {
        await accounts.RequireAsync(id, cancellationToken);
        AgentPresence? presence = (await presences.FindAsync(id, cancellationToken))?.Value;
        return TypedResults.Ok(new PresenceView(id, presence?.State ?? PresenceState.Offline, presence?.Since));
    }

    private static async Task<IResult> PutAsync(
        string id,
        HttpContext context,
        AgentAccounts accounts,
        Presences presences,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        AgentCaller? own = context.Caller() is AgentCaller agent && agent.Id == id ? agent : null;
        if (own is null && !context.Caller().Rights.HasAnyOf(Leading))
            throw new ProblemException(
                Problem.Of(StatusCodes.Status403Forbidden, "Only who leads agents says for another whether they are there.")
            );
        await accounts.RequireAsync(id, cancellationToken);
        PresenceBody body = await Body.ReadAsync<PresenceBody>(context.Request, cancellationToken);
        if (body.State is not { } state)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/state", Wrong.Missing)));
        Instant now = time.Now();
        await presences.SayAsync(new AgentPresence(id, state, now) { SessionId = own?.SessionId }, cancellationToken);
        return TypedResults.Ok(new PresenceView(id, state, now));
    }
}
