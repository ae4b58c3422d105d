using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Routing;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Desk;

/// <summary>What an agent is asked to do now.</summary>
internal static class MyDeskEndpoints
{
    public static void MapMyDesk(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder desk = api.MapGroup("/me/desk").WithTags("Routing");
        desk.MapGet("", GetAsync)
            .WithSummary("The caller's presence, capacity and load, and what was given to them that waits for a word of theirs.")
            .Produces<MyDeskView>()
            .Fails(401, 403);
        desk.MapPost("/offered/{kind}/{id}/decline", DeclineAsync)
            .WithSummary("Gives back what was given to the caller; it goes to somebody else. It is accepted by doing anything about it.")
            .Produces(204)
            .Fails(401, 403, 404, 412, 422);
    }

    private static async Task<IResult> GetAsync(
        HttpContext context,
        AgentAccounts accounts,
        Presences presences,
        AgentDesk desk,
        CancellationToken cancellationToken
    )
    {
        string agent = context.RequireAgent().Id;
        AgentPresence? presence = (await presences.FindAsync(agent, cancellationToken))?.Value;
        AgentAccount? account = await accounts.FindAsync(agent, cancellationToken);
        AgentWork work = await desk.ReadAsync(agent, cancellationToken);
        IReadOnlyList<OfferedWork> offered = await CallBounds.WithinAsync(context, work.Offered, SubjectsOf, cancellationToken);
        return TypedResults.Ok(
            new MyDeskView
            {
                State = presence?.State ?? PresenceState.Offline,
                Since = presence?.Since,
                Capacity = account?.Abilities.Capacity ?? new AgentCapacity(),
                Load = work.Load,
                Offered = [.. offered.Select(OfferedWorkView.Of)],
            }
        );
    }

    /// <summary>
    /// What was moved out of the caller's bounds after it was given to them is not told any more; the router takes it back.
    /// </summary>
    private static Subjects SubjectsOf(OfferedWork offered) =>
        offered.Work.Kind is WorkKind.Case ? new Subjects { CaseId = offered.Work.Id } : new Subjects { ConversationId = offered.Work.Id };

    private static async Task<IResult> DeclineAsync(
        string kind,
        string id,
        HttpContext context,
        AgentDesk desk,
        CancellationToken cancellationToken
    )
    {
        WorkKind what = Query.Choice<WorkKind>("kind", kind) ?? WorkKind.Conversation;
        Rejection? rejection = await desk.DeclineAsync(context.RequireAgent().Id, what, Query.Id(id), cancellationToken);
        return rejection is null ? TypedResults.NoContent() : throw new ProblemException(rejection.ToProblem());
    }
}
