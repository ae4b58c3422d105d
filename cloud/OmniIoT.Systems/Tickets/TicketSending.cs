using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Makes tickets of cases, and comments of what is said about them. What was done before a crash is found again: a ticket by its tag, a
/// comment by its key.
/// </summary>
public sealed class TicketSending(TicketDesk desk, TicketFinding finding, TicketAgreeing agreeing, CaseGates gates)
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
            case "conversation":
                await SendConversationAsync(integration, system, change, cancellationToken);
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
        using IDisposable pass = await gates.EnterAsync(integration, caseId, cancellationToken);
        if (await CaseAsync(caseId, cancellationToken) is not { } @case)
            return;
        if (await finding.FindAsync(integration, system, @case, cancellationToken) is { } found)
            await agreeing.AgreeAsync(integration, system, @case, found.Ticket, found.Link, cancellationToken);
    }

    /// <summary>Once a conversation is about a case, what was said before is told too.</summary>
    private async ValueTask SendConversationAsync(
        Integration integration,
        ITicketSystem system,
        ChangeDelivery change,
        CancellationToken cancellationToken
    )
    {
        string id = TextIn(change, "id") ?? "";
        Conversation? talk = await desk.Reading.Conversations.FindAsync(id, cancellationToken);
        if (await CaseAsync(talk?.CaseId, cancellationToken) is not { } about)
            return;
        using IDisposable pass = await gates.EnterAsync(integration, about.Id, cancellationToken);
        if (await desk.Links.FindAsync(integration, about.Id, cancellationToken) is { } known && known.Conversations.Contains(id))
            return;
        List<NewComment> said = [];
        await foreach (ConversationMessage message in AllOfAsync(id, cancellationToken))
        {
            if (CommentOf(message) is { } comment)
                said.Add(comment);
        }
        said.Reverse();
        if (await CommentAsync(integration, system, about, said, cancellationToken) is { } link)
            await desk.Links.PutAsync(integration, link with { Conversations = [.. link.Conversations, id] });
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
        if (
            message.State is not (MessageState.Received or MessageState.Queued or MessageState.Sent)
            || CommentOf(message) is not { } comment
        )
            return;
        Conversation? talk = await desk.Reading.Conversations.FindAsync(message.ConversationId, cancellationToken);
        if (await CaseAsync(talk?.CaseId, cancellationToken) is not { } about)
            return;
        using IDisposable pass = await gates.EnterAsync(integration, about.Id, cancellationToken);
        await CommentAsync(integration, system, about, [comment], cancellationToken);
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
        using IDisposable pass = await gates.EnterAsync(integration, about.Id, cancellationToken);
        await CommentAsync(integration, system, about, [comment], cancellationToken);
    }

    /// <summary>Says what is not said there yet, oldest first. Within the case's gate.</summary>
    /// <returns>Null: the case has no ticket, or none that takes anything.</returns>
    private async ValueTask<TicketLink?> CommentAsync(
        Integration integration,
        ITicketSystem system,
        Case about,
        IReadOnlyList<NewComment> comments,
        CancellationToken cancellationToken
    )
    {
        if (await finding.FindAsync(integration, system, about, cancellationToken) is not { } found)
            return null;
        if (found.Ticket.IsClosed)
        {
            await agreeing.TellClosedAsync(integration, about, found.Link);
            return null;
        }
        IReadOnlyList<TicketComment> known = await system.CommentsAsync(integration, found.Ticket, cancellationToken);
        foreach (NewComment comment in comments.Where(comment => !known.Any(one => one.Key == comment.Key)))
            await system.CommentAsync(integration, found.Ticket, comment, cancellationToken);
        return found.Link;
    }

    /// <summary>All that was said, newest first.</summary>
    private async IAsyncEnumerable<ConversationMessage> AllOfAsync(
        string conversation,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        string? cursor = null;
        do
        {
            PageRequest next = new(cursor, PageRequest.MaximumLimit);
            Page<ConversationMessage> page = await desk.Reading.Conversations.MessagesAsync(conversation, next, cancellationToken);
            foreach (ConversationMessage message in page.Items)
                yield return message;
            cursor = page.Next;
        } while (cursor is not null);
    }

    /// <summary>Null: there are no words in it.</summary>
    private static NewComment? CommentOf(ConversationMessage message) =>
        message.Text.Length == 0
            ? null
            : new NewComment(message.Id, message.Text, IsPublic: !message.Internal, message.Direction is TimelineDirection.In);

    private async ValueTask<Case?> CaseAsync(string? id, CancellationToken cancellationToken) =>
        id is null ? null : await desk.Reading.Cases.FindAsync(id, cancellationToken);

    private static string? TextIn(ChangeDelivery change, string member) => (string?)JsonNode.Parse(change.Json.Span)?[member];
}
