using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Makes tickets of cases, and comments of what is said about them. What was done before a crash is found again: a ticket by its tag, a
/// comment by its key.
/// </summary>
public sealed class TicketSending(TicketDesk desk, TicketAgreeing agreeing, CaseGates gates)
{
    /// <summary>Does what a change asks for, if anything.</summary>
    /// <exception cref="TicketSystemException">The help desk does not do it.</exception>
    public async ValueTask SendAsync(
        Integration integration,
        ITicketSystem system,
        ChangeDelivery change,
        CancellationToken cancellationToken
    )
    {
        switch (change.Kind)
        {
            case "case":
                await SendCaseAsync(integration, system, TextIn(change, "id") ?? "", cancellationToken);
                break;
            case "message":
                await SendMessageAsync(integration, system, change, cancellationToken);
                break;
            case TimelineKind.NoteAdded:
                await SendNoteAsync(integration, system, change, cancellationToken);
                break;
        }
    }

    /// <summary>The case as it is now: what it was in between, nobody has to hear.</summary>
    private async ValueTask SendCaseAsync(Integration integration, ITicketSystem system, string caseId, CancellationToken cancellationToken)
    {
        using IDisposable pass = await gates.EnterAsync(caseId, cancellationToken);
        if (await CaseAsync(caseId, cancellationToken) is not { } @case)
            return;
        TicketLink? link = await LinkAsync(integration, system, @case, cancellationToken);
        if (link is null || await system.GetAsync(integration, link.TicketId, cancellationToken) is not { } ticket)
            return;
        await agreeing.AgreeAsync(integration, system, @case, ticket, link, cancellationToken);
    }

    private async ValueTask SendMessageAsync(
        Integration integration,
        ITicketSystem system,
        ChangeDelivery change,
        CancellationToken cancellationToken
    )
    {
        ConversationMessage message = JsonSerializer.Deserialize<ConversationMessage>(change.Json.Span, OmniJson.Options)!;
        // Its later states are no new words.
        if (message.State is not (MessageState.Received or MessageState.Queued or MessageState.Sent) || message.Text.Length == 0)
            return;
        Conversation? talk = await desk.Reading.Conversations.FindAsync(message.ConversationId, cancellationToken);
        if (await CaseAsync(talk?.CaseId, cancellationToken) is not { } about)
            return;
        bool isTheirs = message.Direction is TimelineDirection.In;
        NewComment comment = new(message.Id, message.Text, IsPublic: !message.Internal, isTheirs);
        await CommentAsync(integration, system, about, comment, cancellationToken);
    }

    private async ValueTask SendNoteAsync(
        Integration integration,
        ITicketSystem system,
        ChangeDelivery change,
        CancellationToken cancellationToken
    )
    {
        TimelineEntry entry = JsonSerializer.Deserialize<TimelineEntry>(change.Json.Span, OmniJson.Options)!;
        // What came from there does not go back.
        if (entry.Channel == integration.Id || await CaseAsync(entry.Refs.CaseId, cancellationToken) is not { } about)
            return;
        NewComment comment = new(entry.Id, entry.Text ?? entry.Title, IsPublic: false, IsByRequester: false);
        await CommentAsync(integration, system, about, comment, cancellationToken);
    }

    private async ValueTask CommentAsync(
        Integration integration,
        ITicketSystem system,
        Case about,
        NewComment comment,
        CancellationToken cancellationToken
    )
    {
        using IDisposable pass = await gates.EnterAsync(about.Id, cancellationToken);
        TicketLink? link = await LinkAsync(integration, system, about, cancellationToken);
        if (link is null || await system.GetAsync(integration, link.TicketId, cancellationToken) is not { } ticket)
            return;
        IReadOnlyList<TicketComment> known = await system.CommentsAsync(integration, ticket, cancellationToken);
        if (!known.Any(one => one.Key == comment.Key))
            await system.CommentAsync(integration, ticket, comment, cancellationToken);
    }

    /// <summary>The ticket of a case, made where there is none; null: its queue is not the help desk's.</summary>
    private async ValueTask<TicketLink?> LinkAsync(
        Integration integration,
        ITicketSystem system,
        Case @case,
        CancellationToken cancellationToken
    )
    {
        if (await desk.Links.FindAsync(integration.Id, @case.Id, cancellationToken) is { } known)
            return known;
        if (!integration.Has(@case.Queue))
            return null;
        string tag = Ticket.TagOf(@case.Number);
        Ticket ticket =
            await system.FindAsync(integration, tag, cancellationToken)
            ?? await system.CreateAsync(integration, await NewTicketAsync(@case, tag, cancellationToken), cancellationToken);
        TicketLink link = new(@case.Id, ticket.Id, ticket.Status);
        await desk.Links.PutAsync(integration.Id, link);
        return link;
    }

    private async ValueTask<NewTicket> NewTicketAsync(Case @case, string tag, CancellationToken cancellationToken)
    {
        Customer? customer = @case.CustomerId is { } id ? await desk.Reading.Customers.FindAsync(id, cancellationToken) : null;
        string? email = customer?.Identities.FirstOrDefault(static identity => identity.Type == "email")?.Value;
        TicketPerson requester = new(customer?.Id, customer?.Name ?? email, email);
        return new NewTicket(@case.Id, tag, @case.Title, @case.Title, requester)
        {
            Status = TicketAgreement.StatusOf(@case.Status),
            Priority = @case.Priority,
        };
    }

    private async ValueTask<Case?> CaseAsync(string? id, CancellationToken cancellationToken) =>
        id is null ? null : await desk.Reading.Cases.FindAsync(id, cancellationToken);

    private static string? TextIn(ChangeDelivery change, string member) => (string?)JsonNode.Parse(change.Json.Span)?[member];
}
