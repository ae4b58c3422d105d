using OmniIoT.Domain.Cases;

namespace OmniIoT.Domain.Systems;

/// <summary>What is to be done so that a case and its ticket say the same.</summary>
public enum TicketMove
{
    None,

    /// <summary>The ticket becomes what the case is.</summary>
    SendOurs,

    /// <summary>The case becomes what the ticket is.</summary>
    TakeTheirs,
}

/// <summary>Compares a case with its ticket by what they last agreed on.</summary>
/// <param name="IsConflict">Whether both were changed, and the later one stands.</param>
public readonly record struct TicketAgreement(TicketMove Move, bool IsConflict)
{
    /// <summary>What is not the same any more was changed by whoever differs from the link; where both do, the later is right.</summary>
    public static TicketAgreement Of(Case @case, Ticket ticket, TicketLink link)
    {
        if (Agree(@case.Status, ticket.Status))
            return new TicketAgreement(TicketMove.None, IsConflict: false);
        if (Agree(@case.Status, link.Status))
            return new TicketAgreement(TicketMove.TakeTheirs, IsConflict: false);
        if (ticket.Status == link.Status)
            return new TicketAgreement(TicketMove.SendOurs, IsConflict: false);
        return new TicketAgreement(ticket.UpdatedAt > @case.UpdatedAt ? TicketMove.TakeTheirs : TicketMove.SendOurs, IsConflict: true);
    }

    /// <summary>What is being verified is work that waits, and for who did it solved.</summary>
    public static bool Agree(CaseStatus ours, TicketStatus theirs) =>
        StatusOf(ours) == theirs || (ours is CaseStatus.Verifying && theirs is TicketStatus.Solved);

    public static TicketStatus StatusOf(CaseStatus status) =>
        status switch
        {
            CaseStatus.Open => TicketStatus.Open,
            CaseStatus.Pending or CaseStatus.Verifying => TicketStatus.Pending,
            _ => TicketStatus.Solved,
        };
}
