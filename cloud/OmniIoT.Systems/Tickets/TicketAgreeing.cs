using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Text;

namespace OmniIoT.Systems.Tickets;

/// <summary>Brings a case and its ticket to say the same.</summary>
public sealed partial class TicketAgreeing(TicketDesk desk, ILogger<TicketAgreeing> logger)
{
    public async ValueTask AgreeAsync(
        Integration integration,
        ITicketSystem system,
        Case @case,
        Ticket ticket,
        TicketLink link,
        CancellationToken cancellationToken
    )
    {
        TicketAgreement agreement = TicketAgreement.Of(@case, ticket, link);
        if (agreement.Move is TicketMove.SendOurs && ticket.IsClosed)
        {
            await TellClosedAsync(integration, @case, link);
            return;
        }
        TicketStatus agreed = await MoveAsync(integration, system, @case, ticket, agreement.Move, cancellationToken);
        if (agreement.IsConflict)
            await TellAsync(integration, @case, ticket, agreed);
        if (agreed != link.Status)
            await desk.Links.PutAsync(integration, link with { Status = agreed });
    }

    /// <summary>Says once on the timeline that the ticket takes nothing any more.</summary>
    public async ValueTask TellClosedAsync(Integration integration, Case @case, TicketLink link)
    {
        if (link.IsClosed)
            return;
        await NoteAsync(integration, @case, Sentence.Of(SentenceKinds.TicketClosed, ("system", integration.Type)));
        await desk.Links.PutAsync(integration, link with { IsClosed = true });
    }

    /// <returns>What both are then; where the case does not become what the ticket is, what the case is.</returns>
    private async ValueTask<TicketStatus> MoveAsync(
        Integration integration,
        ITicketSystem system,
        Case @case,
        Ticket ticket,
        TicketMove move,
        CancellationToken cancellationToken
    )
    {
        TicketStatus ours = TicketAgreement.StatusOf(@case.Status);
        if (move is TicketMove.None)
            return ticket.Status;
        if (move is TicketMove.SendOurs)
        {
            await system.SetAsync(integration, ticket.Id, ours, @case.Priority, cancellationToken);
            return ours;
        }
        Case become = await TakeAsync(integration, @case, ticket.Status);
        return TicketAgreement.Agree(become.Status, ticket.Status) ? ticket.Status : TicketAgreement.StatusOf(become.Status);
    }

    /// <returns>The case as it is then.</returns>
    private async ValueTask<Case> TakeAsync(Integration integration, Case @case, TicketStatus status)
    {
        if (status is TicketStatus.Solved)
            return After(
                integration,
                @case,
                await desk.Grains.Of(@case.Owner).ResolveCaseAsync(new ResolveCase(@case.Id, null, ActorOf(integration), null))
            );
        CaseStatus wanted = status is TicketStatus.Pending ? CaseStatus.Pending : CaseStatus.Open;
        // What was thought done waits for nobody before it is open again.
        Case from = @case.MayBecome(wanted) ? @case : await ChangeAsync(integration, @case, CaseStatus.Open);
        return await ChangeAsync(integration, from, wanted);
    }

    private async ValueTask<Case> ChangeAsync(Integration integration, Case @case, CaseStatus status)
    {
        ChangeCase change = new()
        {
            CaseId = @case.Id,
            Actor = ActorOf(integration),
            Status = status,
            Priority = null,
            Queue = null,
            Assignee = null,
            Title = null,
            ExpectedVersion = null,
        };
        return After(integration, @case, await desk.Grains.Of(@case.Owner).ChangeCaseAsync(change));
    }

    private Case After(Integration integration, Case before, Reply<Case> reply)
    {
        if (reply.Rejection is { } rejection)
            LogRefused(logger, before.Number, integration.Id, rejection.Message);
        return reply.Result ?? before;
    }

    /// <summary>Who had which word, and whose stands.</summary>
    private async ValueTask TellAsync(Integration integration, Case @case, Ticket ticket, TicketStatus agreed)
    {
        Sentence says = Sentence.Of(
            SentenceKinds.TicketConflict,
            ("ours", Word(TicketAgreement.StatusOf(@case.Status))),
            ("system", integration.Type),
            ("theirs", Word(ticket.Status)),
            ("agreed", Word(agreed))
        );
        await NoteAsync(integration, @case, says);
    }

    private async ValueTask NoteAsync(Integration integration, Case @case, Sentence says) =>
        await desk.Grains.Of(@case.Owner).NoteCaseAsync(new NoteCase(@case.Id, says.English(), ActorOf(integration)) { Says = says });

    /// <summary>As timeline and record write it.</summary>
    public static string ActorOf(Integration integration) => "integration:" + integration.Id;

    /// <summary>As cases call it.</summary>
    private static string Word(TicketStatus status) =>
        status switch
        {
            TicketStatus.Open => "open",
            TicketStatus.Pending => "pending",
            _ => "resolved",
        };

    [LoggerMessage(1431, LogLevel.Information, "Case {Number} does not become what its ticket at '{Integration}' is: {Why}")]
    private static partial void LogRefused(ILogger logger, long number, string integration, string why);
}
