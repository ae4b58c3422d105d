using System.Security.Cryptography;
using System.Text;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Makes cases of tickets that began in a help desk. The case's id follows from the ticket, and that it is the ticket's is stored before
/// it is opened: so a crash at any point makes no second case, and the case no second ticket.
/// </summary>
public sealed class TicketBeginning(TicketDesk desk)
{
    private const string DefaultQueue = "support";
    private const int IdBytes = 12;

    /// <summary>Opens the ticket's case, unless it stands, the ticket is done already, or nobody knows whose it is.</summary>
    public async ValueTask BeginAsync(Integration integration, ITicketSystem system, Ticket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Requester.Email is not { } email)
            return;
        string id = IdOf(integration, ticket);
        Case? @case = await desk.Reading.Cases.FindAsync(id, cancellationToken);
        if (@case is null && ticket.Status is not TicketStatus.Solved)
            @case = await OpenAsync(integration, ticket, id, email, cancellationToken);
        if (@case is not null)
            await system.TagAsync(integration, ticket, Ticket.TagOf(@case.Number), cancellationToken);
    }

    private async ValueTask<Case?> OpenAsync(
        Integration integration,
        Ticket ticket,
        string id,
        string email,
        CancellationToken cancellationToken
    )
    {
        Identity from = new("email", email) { Verified = true };
        string customer = await desk.Senders.FindOrCreateAsync(integration.Id, from, ticket.Requester.Name, cancellationToken);
        await desk.Links.PutAsync(integration, new TicketLink(id, ticket.Id, TicketStatus.Open));
        await desk.Grains.Customer(customer).AddTimelineEntryAsync(EntryOf(integration, ticket, id));
        OpenCase request = new(
            customer,
            null,
            ticket.Subject.Length > 0 ? ticket.Subject : ticket.Id,
            ticket.Priority,
            integration.Queues.Count > 0 ? integration.Queues[0] : DefaultQueue,
            CaseOpener.Customer,
            TicketAgreeing.ActorOf(integration)
        )
        {
            Id = id,
        };
        Reply<Case> opened = await desk.Grains.Customer(customer).OpenCaseAsync(request);
        return opened.Result;
    }

    /// <summary>The ticket's own text, which is what the customer said first.</summary>
    private static AddTimelineEntry EntryOf(Integration integration, Ticket ticket, string caseId) =>
        new()
        {
            Key = $"{integration.Place}/{ticket.Id}",
            At = null,
            Kind = TimelineKind.MessageReceived,
            Channel = integration.Id,
            Direction = TimelineDirection.In,
            Actor = TicketAgreeing.ActorOf(integration),
            Title = ticket.Subject,
            Text = ticket.Text,
            Refs = new TimelineRefs { CaseId = caseId },
            Data = new System.Text.Json.Nodes.JsonObject { ["ticketId"] = ticket.Id },
        };

    /// <summary>The id of the case that begins with a ticket.</summary>
    public static string IdOf(Integration integration, Ticket ticket)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{integration.Place}\n{ticket.Id}"));
        return "ticket-" + Convert.ToHexStringLower(digest.AsSpan(0, IdBytes));
    }
}
