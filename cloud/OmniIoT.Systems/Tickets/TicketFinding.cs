using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// The ticket of a case, made where there is none. What was written down of it counts as long as the ticket says the same: one without the
/// case's tag is somebody else's, whatever number it has.
/// </summary>
public sealed class TicketFinding(TicketDesk desk)
{
    /// <returns>Null: its queue is not the help desk's, or its ticket is gone.</returns>
    /// <exception cref="TicketSystemException">The help desk does not say, or makes none.</exception>
    public async ValueTask<(TicketLink Link, Ticket Ticket)?> FindAsync(
        Integration integration,
        ITicketSystem system,
        Case @case,
        CancellationToken cancellationToken
    )
    {
        if (await desk.Links.FindAsync(integration, @case.Id, cancellationToken) is { } known)
        {
            if (await system.GetAsync(integration, known.TicketId, cancellationToken) is not { } linked)
                return null;
            if (IsOf(integration, @case, linked))
                return (known, linked);
        }
        if (!integration.Has(@case.Queue))
            return null;
        Ticket ticket = await FindOrMakeAsync(integration, system, @case, cancellationToken);
        // Anew: what is found is not told whole, and what is made by a key may be what it made before, whatever became of it.
        if (await system.GetAsync(integration, ticket.Id, cancellationToken) is not { } whole || !IsOf(integration, @case, whole))
            return null;
        TicketLink link = new(@case.Id, whole.Id, whole.Status);
        await desk.Links.PutAsync(integration, link);
        return (link, whole);
    }

    private static bool IsOf(Integration integration, Case @case, Ticket ticket) =>
        ticket.Bears(@case) || IsBegunWith(integration, @case, ticket);

    private async ValueTask<Ticket> FindOrMakeAsync(
        Integration integration,
        ITicketSystem system,
        Case @case,
        CancellationToken cancellationToken
    )
    {
        string tag = Ticket.TagOf(@case.Number);
        IReadOnlyList<Ticket> tagged = await system.FindAsync(integration, tag, cancellationToken);
        return tagged.FirstOrDefault(one => one.IsMadeOf(@case) || (one.Bears(@case) && IsBegunWith(integration, @case, one)))
            ?? await system.CreateAsync(integration, await NewTicketAsync(@case, tag, cancellationToken), cancellationToken);
    }

    private static bool IsBegunWith(Integration integration, Case @case, Ticket ticket) =>
        TicketBeginning.IdOf(integration, ticket) == @case.Id;

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
}
