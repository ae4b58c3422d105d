using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Brings what changed in a help desk: how far a ticket is, and what was said in it. A ticket that is taken again changes nothing: what is
/// said has a key on the timeline, and what was ours is known by its key there.
/// </summary>
public sealed class TicketTaking(TicketDesk desk, TicketBeginning beginning, TicketAgreeing agreeing, CaseGates gates)
{
    /// <exception cref="TicketSystemException">The help desk does not say what was said.</exception>
    public async ValueTask TakeAsync(Integration integration, ITicketSystem system, Ticket ticket, CancellationToken cancellationToken)
    {
        string? caseId = ticket.CaseNumber is { } number
            ? (await desk.Reading.Cases.FindByNumberAsync(number, cancellationToken))?.Id
            : TicketBeginning.IdOf(integration, ticket);
        if (caseId is null)
            return;
        using IDisposable pass = await gates.EnterAsync(integration, caseId, cancellationToken);
        // Anew: neither ticket nor case changes while the other is looked at, and lists leave out much.
        if (await system.GetAsync(integration, ticket.Id, cancellationToken) is not { } now)
            return;
        if (now.CaseNumber is null)
            await beginning.BeginAsync(integration, system, now, cancellationToken);
        if (await desk.Reading.Cases.FindAsync(caseId, cancellationToken) is { } @case)
            await TakeAsync(integration, system, @case, now, cancellationToken);
    }

    private async ValueTask TakeAsync(
        Integration integration,
        ITicketSystem system,
        Case @case,
        Ticket ticket,
        CancellationToken cancellationToken
    )
    {
        TicketLink link = await LinkAsync(integration, @case, ticket, cancellationToken);
        // Another ticket with the case's tag is none of ours: somebody copied it.
        if (link.TicketId != ticket.Id)
            return;
        if (@case.CustomerId is { } customer)
            await TakeCommentsAsync(integration, system, @case.Id, customer, ticket, cancellationToken);
        await agreeing.AgreeAsync(integration, system, @case, ticket, link, cancellationToken);
    }

    private async ValueTask<TicketLink> LinkAsync(Integration integration, Case @case, Ticket ticket, CancellationToken cancellationToken)
    {
        if (await desk.Links.FindAsync(integration, @case.Id, cancellationToken) is { } known)
            return known;
        TicketLink link = new(@case.Id, ticket.Id, ticket.Status);
        await desk.Links.PutAsync(integration, link);
        return link;
    }

    private async ValueTask TakeCommentsAsync(
        Integration integration,
        ITicketSystem system,
        string caseId,
        string customer,
        Ticket ticket,
        CancellationToken cancellationToken
    )
    {
        foreach (TicketComment comment in await system.CommentsAsync(integration, ticket, cancellationToken))
        {
            if (comment.Key is null)
                await desk.Grains.Customer(customer).AddTimelineEntryAsync(EntryOf(integration, caseId, ticket, comment));
        }
    }

    private static AddTimelineEntry EntryOf(Integration integration, string caseId, Ticket ticket, TicketComment comment) =>
        new()
        {
            Key = $"{integration.Place}/{ticket.Id}/{comment.Id}",
            At = comment.At,
            Kind =
                !comment.IsPublic ? TimelineKind.NoteAdded
                : comment.IsByRequester ? TimelineKind.MessageReceived
                : TimelineKind.MessageSent,
            Channel = integration.Id,
            Direction =
                !comment.IsPublic ? TimelineDirection.Internal
                : comment.IsByRequester ? TimelineDirection.In
                : TimelineDirection.Out,
            Actor = TicketAgreeing.ActorOf(integration),
            Title = ticket.Subject,
            Text = comment.Text,
            Refs = new TimelineRefs { CaseId = caseId },
            Data = new System.Text.Json.Nodes.JsonObject { ["ticketId"] = ticket.Id },
        };
}
