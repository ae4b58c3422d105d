using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

/// <param name="Internal">A note that the customer never sees; missing: false. For the company only.</param>
public sealed record MessageBody(string? Text, bool? Internal);

/// <summary>
/// What of a conversation is to change; what is missing stays. An empty assignee or subject takes it away, an empty caseId parts it from
/// its case.
/// </summary>
/// <param name="CaseId">The case that it is about, of the same person: answers count as its first response.</param>
public sealed record ConversationPatch(
    ConversationStatus? Status,
    string? Assignee,
    string? Queue,
    string? Subject,
    string? CaseId,
    IReadOnlyList<string>? Tags
)
{
    private const int MaximumTextLength = 200;
    private const int MaximumTags = 100;

    internal void AddTo(Mistakes mistakes)
    {
        if (Queue is "")
            mistakes.Add("/queue", Wrong.Empty);
        if (Queue?.Length > MaximumTextLength)
            mistakes.Add("/queue", Wrong.TooLong(MaximumTextLength));
        if (Subject?.Length > MaximumTextLength)
            mistakes.Add("/subject", Wrong.TooLong(MaximumTextLength));
        if (Tags?.Count > MaximumTags)
            mistakes.Add("/tags", Wrong.TooMany(MaximumTags));
        for (int i = 0; i < Tags?.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(Tags[i]) || Tags[i].Length > MaximumTextLength)
                mistakes.Add($"/tags/{i}", Wrong.Length(MaximumTextLength));
        }
    }
}

/// <summary>A conversation with its messages, oldest first.</summary>
public sealed record ConversationView
{
    public required string Id { get; init; }

    public required string CustomerId { get; init; }

    public required string Channel { get; init; }

    public required ConversationStatus Status { get; init; }

    public required string Queue { get; init; }

    public required string? Assignee { get; init; }

    public required string? Subject { get; init; }

    public required string? CaseId { get; init; }

    public required string? DeviceId { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required Instant OpenedAt { get; init; }

    public required Instant? FirstRespondedAt { get; init; }

    public required Instant LastMessageAt { get; init; }

    public required IReadOnlyList<ConversationMessage> Messages { get; init; }

    public static ConversationView Of(Conversation conversation, IReadOnlyList<ConversationMessage> messages) =>
        new()
        {
            Id = conversation.Id,
            CustomerId = conversation.CustomerId,
            Channel = conversation.Channel,
            Status = conversation.Status,
            Queue = conversation.Queue,
            Assignee = conversation.Assignee,
            Subject = conversation.Subject,
            CaseId = conversation.CaseId,
            DeviceId = conversation.DeviceId,
            Tags = conversation.Tags,
            OpenedAt = conversation.OpenedAt,
            FirstRespondedAt = conversation.FirstRespondedAt,
            LastMessageAt = conversation.LastMessageAt,
            Messages = messages,
        };
}

internal static class ConversationEndpoints
{
    private const int MaximumTextLength = 10_000;

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations
            .MapGet("", ListAsync)
            .ListsPersons()
            .WithSummary("Conversations, the one with the newest message first; each word of q names the customer.")
            .Produces<Page<Conversation>>()
            .Fails(401, 422);
        conversations
            .MapGet("/counts", CountAsync)
            .WithSummary("How many conversations there are of each status and of each queue; the filters are those of the list.")
            .Produces<ConversationCounts>()
            .Fails(401, 422);
        conversations
            .MapGet("/{id}", GetAsync)
            .WithSummary("A conversation with its messages.")
            .Produces<ConversationView>()
            .Fails(401, 403, 404);
        conversations
            .MapPatch("/{id}", ChangeAsync)
            .WithSummary("Changes status, queue, assignee, subject, tags, or the case that it is about.")
            .Takes<ConversationPatch>()
            .Produces<Conversation>()
            .Fails(401, 403, 404, 409, 412, 422);
        conversations
            .MapPost("/{id}/messages", PostAsync)
            .WithSummary("Writes a message: an agent to the customer, or a customer's app to the company.")
            .Takes<MessageBody>()
            .Produces<ConversationMessage>(201)
            .Fails(401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ListAsync(
        IConversationQueries conversations,
        [AsParameters] ConversationQuery query,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        ConversationFilter filter = new(
            Query.Choice<ConversationStatus>("status", query.Status),
            Query.Empty(query.Queue),
            Query.Empty(query.CustomerId),
            Query.Empty(query.Q),
            Query.Empty(query.Channel),
            Query.Assignee(query.Assignee)
        );
        return TypedResults.Ok(await conversations.ListAsync(filter, page.Read(), cancellationToken));
    }

    private static async Task<IResult> CountAsync(
        IConversationQueries conversations,
        string? queue,
        string? assignee,
        string? channel,
        string? customerId,
        string? q,
        CancellationToken cancellationToken
    )
    {
        ConversationFilter filter = new(
            null,
            Query.Empty(queue),
            Query.Empty(customerId),
            Query.Empty(q),
            Query.Empty(channel),
            Query.Assignee(assignee)
        );
        return TypedResults.Ok(ConversationCounts.Of(await conversations.CountAsync(filter, cancellationToken)));
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await RequireAsync(conversations, context, id, cancellationToken);
        EntityTag.Set(context.Response, conversation.Version);
        IReadOnlyList<ConversationMessage> messages = await conversations.MessagesAsync(id, cancellationToken);
        bool isCustomer = context.Caller() is CustomerCaller;
        return TypedResults.Ok(
            ConversationView.Of(conversation, isCustomer ? [.. messages.Where(message => !message.Internal)] : messages)
        );
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
        Conversation conversation = await RequireAsync(conversations, context, id, cancellationToken);
        ConversationPatch patch = await Body.ReadAsync<ConversationPatch>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        patch.AddTo(mistakes);
        if (Query.Empty(patch.CaseId) is { } caseId && !await IsOfAsync(conversation, caseId, cases, catalog, cancellationToken))
            mistakes.Add("/caseId", $"The customer has no case '{caseId}'.");
        mistakes.ThrowIfAny();
        ChangeConversation request = new()
        {
            ConversationId = id,
            Status = patch.Status,
            Assignee = patch.Assignee,
            ExpectedVersion = EntityTag.Expected(context.Request),
            Queue = patch.Queue,
            Subject = patch.Subject,
            CaseId = patch.CaseId,
            Tags = patch.Tags,
        };
        Conversation changed = (await grains.Customer(conversation.CustomerId).ChangeConversationAsync(request)).OrThrow();
        EntityTag.Set(context.Response, changed.Version);
        return TypedResults.Ok(changed);
    }

    private static async Task<IResult> PostAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await RequireAsync(conversations, context, id, cancellationToken);
        MessageBody body = await Body.ReadAsync<MessageBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > MaximumTextLength)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/text", Wrong.Length(MaximumTextLength))));
        if (body.Internal is true && context.Caller() is CustomerCaller)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/internal", "must be false: a note is the company's")));
        ICustomerGrain owner = grains.Customer(conversation.CustomerId);
        Reply<MessageStored> reply = context.Caller() is CustomerCaller customer
            ? await owner.ReceiveMessageAsync(new ReceiveMessage(conversation.Channel, customer.Actor, body.Text, conversation.DeviceId))
            : await owner.PostMessageAsync(new PostMessage(id, context.Caller().Actor, body.Text, body.Internal ?? false));
        MessageStored stored = reply.OrThrow();
        return TypedResults.Created($"/api/v1/conversations/{stored.Conversation.Id}", stored.Message);
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

    private static async ValueTask<Conversation> RequireAsync(
        IConversationQueries conversations,
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
