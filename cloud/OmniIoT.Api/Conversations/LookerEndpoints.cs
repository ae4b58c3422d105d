using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

/// <param name="Typing">Whether the caller is writing in it; missing: no.</param>
public sealed record LookBody(bool? Typing);

/// <param name="Others">By id; 20 at most.</param>
public sealed record LookersView(IReadOnlyList<Looker> Others);

/// <summary>Who has a conversation before them, so that two do not answer at once.</summary>
internal static class LookerEndpoints
{
    public static void MapLookers(this RouteGroupBuilder conversations)
    {
        conversations
            .MapPut("/{id}/looking", LookAsync)
            .WithSummary("The caller looks at the conversation, and does for 12 s; answers with who else does, and who is writing.")
            .Takes<LookBody>()
            .Produces<LookersView>()
            .Fails(401, 403, 404, 422);
        conversations
            .MapDelete("/{id}/looking", LeaveAsync)
            .WithSummary("The caller looks at the conversation no more.")
            .Produces(204)
            .Fails(401, 403, 404);
    }

    private static async Task<IResult> LookAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        ILookers lookers,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        string agent = context.RequireAgent().Id;
        LookBody body = await Body.ReadAsync<LookBody>(context.Request, cancellationToken);
        return TypedResults.Ok(new LookersView(await lookers.LookAsync(conversation.Id, agent, body.Typing is true)));
    }

    private static async Task<IResult> LeaveAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        ILookers lookers,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        string agent = context.RequireAgent().Id;
        await lookers.LeaveAsync(conversation.Id, agent);
        return TypedResults.NoContent();
    }
}
