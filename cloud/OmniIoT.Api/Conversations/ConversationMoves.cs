using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain.Desk;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Conversations;

/// <param name="Channel">By which the company begins to talk.</param>
/// <param name="Text">1 to 10,000 characters; a template may come without.</param>
public sealed record StartBody(string? CustomerId, string? Channel, string? Text, TemplateBody? Template);

/// <param name="From">The conversation that is taken in.</param>
public sealed record MergeBody(string? From);

/// <param name="Queue">Where it goes, and is nobody's; either this or the assignee.</param>
/// <param name="Assignee">Whose it becomes.</param>
/// <param name="Note">For who takes it over; missing: none.</param>
public sealed record TransferBody(string? Queue, string? Assignee, string? Note);

/// <summary>How conversations begin, become one, and are handed on.</summary>
internal static class ConversationMoves
{
    private const int MaximumNameLength = 200;
    private const int MaximumNoteLength = 10_000;

    public static void MapMoves(this RouteGroupBuilder conversations)
    {
        conversations
            .MapPost("", StartAsync)
            .WithSummary("Writes to a customer: in what is open with them, else in a new conversation.")
            .Takes<StartBody>()
            .Produces<ConversationView>(201)
            .Fails(401, 403, 409, 422);
        conversations
            .MapPost("/{id}/merge", MergeAsync)
            .WithSummary("Takes another conversation of the same person in; the other is closed, and read with this one.")
            .Takes<MergeBody>()
            .Produces<Conversation>()
            .Fails(401, 403, 404, 409, 422);
        conversations
            .MapPost("/{id}/transfer", TransferAsync)
            .WithSummary("Hands a conversation to a queue or a person, with a note.")
            .Takes<TransferBody>()
            .Produces<Conversation>()
            .Fails(401, 403, 404, 409, 412, 422);
    }

    private static async Task<IResult> StartAsync(
        HttpContext context,
        ICustomerQueries customers,
        Talks talks,
        CancellationToken cancellationToken
    )
    {
        StartBody body = await Body.ReadAsync<StartBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        MessageBody.AddTo(mistakes, body.Text, body.Template);
        if (string.IsNullOrEmpty(body.Channel))
            mistakes.Add("/channel", Wrong.Missing);
        if (string.IsNullOrEmpty(body.CustomerId))
            mistakes.Add("/customerId", Wrong.Missing);
        else if (!Identifier.IsValid(body.CustomerId) || !await IsThereAsync(context, customers, body.CustomerId, cancellationToken))
            mistakes.Add("/customerId", Wrong.Unknown("customer", body.CustomerId));
        mistakes.ThrowIfAny();
        Caller caller = context.Caller();
        StartConversation request = new(
            body.Channel!,
            caller.Actor,
            string.IsNullOrWhiteSpace(body.Text) ? body.Template!.Name! : body.Text,
            (caller as AgentCaller)?.Id
        )
        {
            Template = body.Template?.Read(),
            Queues = caller.Bounds?.Queues,
        };
        ICustomerGrain talker = await talks.TalkerAsync(body.CustomerId!, cancellationToken);
        MessageStored stored = (await talker.StartConversationAsync(request)).OrThrow();
        EntityTag.Set(context.Response, stored.Conversation.Version);
        return TypedResults.Created(
            $"/api/v1/conversations/{stored.Conversation.Id}",
            ConversationView.Of(stored.Conversation, [stored.Message])
        );
    }

    private static async ValueTask<bool> IsThereAsync(
        HttpContext context,
        ICustomerQueries customers,
        string id,
        CancellationToken cancellationToken
    ) =>
        await CallBounds.MayNameAsync(context, BoundKind.Customer, id, cancellationToken)
        && await customers.FindAsync(id, cancellationToken) is not null;

    private static async Task<IResult> MergeAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        ICatalog catalog,
        Talks talks,
        CancellationToken cancellationToken
    )
    {
        Conversation into = await conversations.RequireAsync(context, id, cancellationToken);
        MergeBody body = await Body.ReadAsync<MergeBody>(context.Request, cancellationToken);
        Conversation? from =
            body.From is { } name
            && Identifier.IsValid(name)
            && await CallBounds.MayNameAsync(context, BoundKind.Conversation, name, cancellationToken)
                ? await conversations.FindAsync(name, cancellationToken)
                : null;
        Mistakes mistakes = new();
        if (from is null)
            mistakes.Add("/from", Wrong.Unknown("conversation", body.From));
        else if (from.Id == into.Id)
            mistakes.Add("/from", "must be another conversation");
        else if (!catalog.Merges.AreOne(from.CustomerId, into.CustomerId))
            mistakes.Add("/from", "must be a conversation of the same person; merge the customers first");
        mistakes.ThrowIfAny();
        Conversation merged = (await talks.MergeAsync(into, from!, context.Caller().Actor)).OrThrow();
        return EntityTag.Tagged(context.Response, merged, merged.Version);
    }

    private static async Task<IResult> TransferAsync(
        string id,
        HttpContext context,
        IConversationQueries conversations,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Conversation conversation = await conversations.RequireAsync(context, id, cancellationToken);
        TransferBody body = await Body.ReadAsync<TransferBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        if (string.IsNullOrEmpty(body.Queue) == string.IsNullOrEmpty(body.Assignee))
            mistakes.Add("", "must name either a queue or an assignee");
        if (body.Queue?.Length > MaximumNameLength)
            mistakes.Add("/queue", Wrong.TooLong(MaximumNameLength));
        if (body.Assignee?.Length > MaximumNameLength)
            mistakes.Add("/assignee", Wrong.TooLong(MaximumNameLength));
        if (body.Note?.Length > MaximumNoteLength)
            mistakes.Add("/note", Wrong.TooLong(MaximumNoteLength));
        mistakes.ThrowIfAny();
        TransferConversation request = new(
            id,
            context.Caller().Actor,
            Query.Empty(body.Queue),
            Query.Empty(body.Assignee),
            string.IsNullOrWhiteSpace(body.Note) ? null : body.Note,
            EntityTag.Expected(context.Request)
        );
        Conversation handed = (await grains.Customer(conversation.CustomerId).TransferConversationAsync(request)).OrThrow();
        return EntityTag.Tagged(context.Response, handed, handed.Version);
    }
}
