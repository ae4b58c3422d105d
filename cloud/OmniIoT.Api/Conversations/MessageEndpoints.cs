using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

/// <summary>What is said in a conversation.</summary>
internal static class MessageEndpoints
{
    public static void MapMessages(this RouteGroupBuilder conversations)
    {
        conversations
            .MapGet("/{id}/messages", ListAsync)
            .WithSummary("The messages of a conversation, newest first, with those of the conversations that were merged into it.")
            .Produces<Page<ConversationMessage>>()
            .Fails(401, 403, 404, 422);
        conversations
            .MapPost("/{id}/messages", PostAsync)
            .WithSummary("Writes a message: an agent to the customer, or a customer's app to the company.")
            .Takes<MessageBody>()
            .Produces<ConversationMessage>(201)
            .Fails(401, 403, 404, 409, 422);
    }

    private static async Task<IResult> ListAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        [AsParameters] PageQuery page,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        Page<ConversationMessage> messages = await conversations.MessagesAsync(conversation.Id, page.Read(), cancellationToken);
        return TypedResults.Ok(messages with { Items = [.. messages.Items.Where(context.MaySee)] });
    }

    private static async Task<IResult> PostAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        IGrains grains,
        IInbox inbox,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        MessageBody body = await Body.ReadAsync<MessageBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        body.AddTo(mistakes);
        if (context.Caller() is CustomerCaller)
            AddCompanys(mistakes, body);
        mistakes.ThrowIfAny();
        Reply<MessageStored> reply = context.Caller() is CustomerCaller customer
            ? await inbox.ReceiveAsync(
                conversation.CustomerId,
                new ReceiveMessage(ChannelKinds.WebChat, customer.Actor, body.Words, conversation.DeviceId),
                cancellationToken
            )
            : await grains.Customer(conversation.CustomerId).PostMessageAsync(Words(id, context.Caller().Actor, body));
        MessageStored stored = reply.OrThrow();
        return TypedResults.Created($"/api/v1/conversations/{stored.Conversation.Id}", stored.Message);
    }

    private static PostMessage Words(string id, string author, MessageBody body) =>
        new(id, author, body.Words, body.Internal ?? false)
        {
            Channel = body.Channel,
            Template = body.Template?.Read(),
            ReplyTo = body.ReplyTo,
        };

    /// <summary>What only the company says of its words.</summary>
    private static void AddCompanys(Mistakes mistakes, MessageBody body)
    {
        if (body.Internal is true)
            mistakes.Add("/internal", "must be false: a note is the company's");
        if (body.Channel is not null)
            mistakes.Add("/channel", "must be missing: an app has one channel");
        if (body.Template is not null)
            mistakes.Add("/template", "must be missing: a template is the company's");
    }
}
