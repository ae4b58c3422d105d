using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

internal static class ConversationEndpoints
{
    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations
            .MapGet("", ListAsync)
            .ListsPersons()
            .WithSummary(
                "Conversations, the one with the newest message first, or those with broken promises; each word of q names the customer."
            )
            .Produces<Page<Conversation>>()
            .Fails(401, 422);
        conversations
            .MapGet("/counts", CountAsync)
            .WithSummary("How many conversations there are of each status and of each queue; the filters are those of the list.")
            .Produces<ConversationCounts>()
            .Fails(401, 422);
        conversations
            .MapGet("/{id}", GetAsync)
            .Shows<ConversationView>("A conversation with its newest messages, 200 at most; the rest is in their own list.");
        conversations
            .MapPatch("/{id}", ChangeAsync)
            .WithSummary("Changes status, queue, assignee, subject, tags, the case that it is about, or until when it is out of sight.")
            .Takes<ConversationPatch>()
            .Produces<Conversation>()
            .Fails(401, 403, 404, 409, 412, 422);
        conversations.MapMessages();
        conversations.MapMoves();
        conversations.MapLookers();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IConversationQueries conversations,
        [AsParameters] ConversationQuery query,
        string? sort,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        ConversationOrder order = Query.Choice<ConversationOrder>("sort", sort) ?? ConversationOrder.Newest;
        ConversationFilter filter = new(
            Query.Choice<ConversationStatus>("status", query.Status),
            Query.Empty(query.Queue),
            Query.Empty(query.CustomerId),
            Query.Empty(query.Q),
            Query.Empty(query.Channel),
            Query.Assignee(query.Assignee)
        )
        {
            Within = context.Bounds(),
        };
        return TypedResults.Ok(await conversations.ListAsync(filter, page.Read(), cancellationToken, order));
    }

    private static async Task<IResult> CountAsync(
        HttpContext context,
        IConversationQueries conversations,
        string? queue,
        string? assignee,
        string? channel,
        string? customerId,
        string? q
    )
    {
        CancellationToken cancellationToken = context.RequestAborted;
        ConversationFilter filter = new(
            null,
            Query.Empty(queue),
            Query.Empty(customerId),
            Query.Empty(q),
            Query.Empty(channel),
            Query.Assignee(assignee)
        )
        {
            Within = context.Bounds(),
        };
        return TypedResults.Ok(ConversationCounts.Of(await conversations.CountAsync(filter, cancellationToken)));
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        EntityTag.Set(context.Response, conversation.Version);
        PageRequest newest = new(null, ConversationView.MostMessages);
        Page<ConversationMessage> messages = await conversations.MessagesAsync(id, newest, cancellationToken);
        return TypedResults.Ok(ConversationView.Of(conversation, [.. messages.Items.Reverse().Where(context.MaySee)]));
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        ICaseQueries cases,
        ICatalog catalog,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        ConversationPatch patch = await Body.ReadAsync<ConversationPatch>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        patch.AddTo(mistakes);
        if (
            Query.Empty(patch.CaseId) is { } caseId
            && !(
                await IsOfAsync(conversation, caseId, cases, catalog, cancellationToken)
                && await CallBounds.MayNameAsync(context, BoundKind.Case, caseId, cancellationToken)
            )
        )
            mistakes.Add("/caseId", $"The customer has no case '{caseId}'.");
        mistakes.ThrowIfAny();
        ChangeConversation request = new()
        {
            ConversationId = id,
            Status = patch.Status,
            Actor = context.Caller().Actor,
            SnoozedUntil = patch.SnoozedUntil,
            Assignee = patch.Assignee,
            ExpectedVersion = EntityTag.Expected(context.Request),
            Queue = patch.Queue,
            Subject = patch.Subject,
            CaseId = patch.CaseId,
            Tags = patch.Tags,
        };
        Conversation changed = (await grains.Customer(conversation.CustomerId).ChangeConversationAsync(request)).OrThrow();
        return EntityTag.Tagged(context.Response, changed, changed.Version);
    }

    private static async ValueTask<bool> IsOfAsync(
        Conversation conversation,
        string caseId,
        ICaseQueries cases,
        ICatalog catalog,
        CancellationToken cancellationToken
    ) =>
        Identifier.IsValid(caseId)
        && await cases.FindAsync(caseId, cancellationToken) is { CustomerId: { } customer }
        && catalog.Merges.AreOne(customer, conversation.CustomerId);

    /// <summary>Notes are the company's.</summary>
    public static bool MaySee(this HttpContext context, ConversationMessage message) =>
        context.Caller() is not CustomerCaller || !message.Internal;

    public static async ValueTask<Conversation> RequireAsync(
        this IConversationQueries conversations,
        HttpContext context,
        string id,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation =
            await conversations.FindAsync(Query.Id(id), cancellationToken)
            ?? throw new ProblemException(Problem.NotFound("conversation", id));
        context.RequireOwn(conversation.CustomerId);
        return conversation;
    }
}
