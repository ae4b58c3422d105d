using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Text;
using OmniIoT.Grains.Abstractions;

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
        TicketStatus ours = TicketAgreement.StatusOf(@case.Status);
        if (agreement.Move is TicketMove.SendOurs)
            await system.SetAsync(integration, ticket.Id, ours, @case.Priority, cancellationToken);
        if (agreement.Move is TicketMove.TakeTheirs)
            await TakeAsync(integration, @case, ticket.Status);
        TicketStatus agreed = agreement.Move is TicketMove.TakeTheirs ? ticket.Status : ours;
        if (agreement.IsConflict)
            await TellAsync(integration, @case, ours, ticket, agreed);
        if (agreed != link.Status)
            await desk.Links.PutAsync(integration.Id, link with { Status = agreed });
    }

    private async ValueTask TakeAsync(Integration integration, Case @case, TicketStatus status)
    {
        ICaseGrain owner = desk.Grains.Of(@case.Owner);
        string actor = ActorOf(integration);
        Reply<Case> reply =
            status is TicketStatus.Solved
                ? await owner.ResolveCaseAsync(new ResolveCase(@case.Id, null, actor, null))
                : await owner.ChangeCaseAsync(
                    new ChangeCase
                    {
                        CaseId = @case.Id,
                        Actor = actor,
                        Status = status is TicketStatus.Pending ? CaseStatus.Pending : CaseStatus.Open,
                        Priority = null,
                        Queue = null,
                        Assignee = null,
                        Title = null,
                        ExpectedVersion = null,
                    }
                );
        if (reply.Rejection is { } rejection)
            LogRefused(logger, @case.Number, integration.Id, rejection.Message);
    }

    /// <summary>Who had which word, and whose stands.</summary>
    private async ValueTask TellAsync(Integration integration, Case @case, TicketStatus ours, Ticket ticket, TicketStatus agreed)
    {
        Sentence says = Sentence.Of(
            SentenceKinds.TicketConflict,
            ("ours", Word(ours)),
            ("system", integration.Type),
            ("theirs", Word(ticket.Status)),
            ("agreed", Word(agreed))
        );
        await desk.Grains.Of(@case.Owner).NoteCaseAsync(new NoteCase(@case.Id, says.English(), ActorOf(integration)) { Says = says });
    }

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
