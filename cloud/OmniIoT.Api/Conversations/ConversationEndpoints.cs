using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

public sealed record MessageBody(string? Text);

/// <summary>What of a conversation is to change; what is missing stays, an empty assignee unassigns.</summary>
public sealed record ConversationPatch(ConversationStatus? Status, string? Assignee);

/// <summary>A conversation with its messages, oldest first.</summary>
public sealed record ConversationView(
    string Id,
    string CustomerId,
    string Channel,
    ConversationStatus Status,
    string Queue,
    string? Assignee,
    string? Subject,
    string? DeviceId,
    Instant OpenedAt,
    Instant LastMessageAt,
    IReadOnlyList<ConversationMessage> Messages
)
{
    public static ConversationView Of(
        Conversation conversation,
        IReadOnlyList<ConversationMessage> messages
    ) =>
        new(
            conversation.Id,
            conversation.CustomerId,
            conversation.Channel,
            conversation.Status,
            conversation.Queue,
            conversation.Assignee,
            conversation.Subject,
            conversation.DeviceId,
            conversation.OpenedAt,
            conversation.LastMessageAt,
            messages
        );
}

internal static class ConversationEndpoints
{
    private const int MaximumTextLength = 10_000;

    public static void MapConversations(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder conversations = api.MapGroup("/conversations").WithTags("Conversations");
        conversations
            .MapGet("", ListAsync)
            .WithSummary("Conversations, the one with the newest message first.")
            .Produces<Page<Conversation>>()
            .Fails(401, 422);
        conversations
            .MapGet("/{id}", GetAsync)
            .ForCustomersToo()
            .WithSummary("A conversation with its messages.")
            .Produces<ConversationView>()
            .Fails(401, 403, 404);
        conversations
            .MapPatch("/{id}", ChangeAsync)
            .ForDesk()
            .WithSummary("Closes, reopens or assigns a conversation.")
            .Takes<ConversationPatch>()
            .Produces<Conversation>()
            .Fails(401, 403, 404, 409, 412, 422);
        conversations
            .MapPost("/{id}/messages", PostAsync)
            .ForCustomersToo()
            .WithSummary(
                "Writes a message: an agent to the customer, or a customer's app to the company."
            )
            .Takes<MessageBody>()
            .Produces<ConversationMessage>(201)
            .Fails(401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ListAsync(
        IConversationQueries conversations,
        string? status,
        string? queue,
        string? customerId,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        ConversationFilter filter = new(
            Query.Choice<ConversationStatus>("status", status),
            Query.Empty(queue),
            Query.Empty(customerId)
        );
        return TypedResults.Ok(
            await conversations.ListAsync(filter, Query.Page(cursor, limit), cancellationToken)
        );
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await RequireAsync(
            conversations,
            context,
            id,
            cancellationToken
        );
        EntityTag.Set(context.Response, conversation.Version);
        return TypedResults.Ok(
            ConversationView.Of(
                conversation,
                await conversations.MessagesAsync(id, cancellationToken)
            )
        );
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await RequireAsync(
            conversations,
            context,
            id,
            cancellationToken
        );
        ConversationPatch patch = await Body.ReadAsync<ConversationPatch>(
            context.Request,
            cancellationToken
        );
        ChangeConversation request = new(
            id,
            patch.Status,
            patch.Assignee,
            EntityTag.Expected(context.Request)
        );
        Conversation changed = (
            await grains.Customer(conversation.CustomerId).ChangeConversationAsync(request)
        ).OrThrow();
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
        Conversation conversation = await RequireAsync(
            conversations,
            context,
            id,
            cancellationToken
        );
        MessageBody body = await Body.ReadAsync<MessageBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > MaximumTextLength)
            throw new ProblemException(
                Problem.Unprocessable(
                    new ProblemError("/text", $"must have 1 to {MaximumTextLength} characters")
                )
            );
        ICustomerGrain owner = grains.Customer(conversation.CustomerId);
        Reply<MessageStored> reply = context.Caller() is CustomerCaller customer
            ? await owner.ReceiveMessageAsync(
                new ReceiveMessage(
                    conversation.Channel,
                    customer.Actor,
                    body.Text,
                    conversation.DeviceId
                )
            )
            : await owner.PostMessageAsync(new PostMessage(id, context.Caller().Actor, body.Text));
        MessageStored stored = reply.OrThrow();
        return TypedResults.Created(
            $"/api/v1/conversations/{stored.Conversation.Id}",
            stored.Message
        );
    }

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
