using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Reads what changed in a help desk, from where it was read before. A ticket that cannot be taken holds up no other: it is tried again
/// apart, <see cref="MostTries"/> times. A help desk that wants to be left alone, or is not reached, is read on from the ticket at which it
/// said so.
/// </summary>
public sealed partial class TicketReading(TicketDesk desk, TicketTaking taking, ILogger<TicketReading> logger)
{
    /// <summary>Tickets of one part; fewer where an answer would be longer than is read.</summary>
    private const int AtOnce = 100;

    /// <summary>So many times smaller is the part then.</summary>
    private const int Less = 5;

    /// <summary>Of a ticket, counted while the help desk answers at all.</summary>
    private const int MostTries = 5;

    /// <summary>The oldest is given up for the next.</summary>
    private const int MostAgain = 100;

    /// <exception cref="TicketSystemException">It does not say what changed, or wants to be left alone.</exception>
    public async ValueTask ReadAsync(Integration integration, ITicketSystem system, CancellationToken cancellationToken)
    {
        // Written down with the integration itself, so that nothing falls between that and the first time it is asked.
        if (await desk.Links.PositionAsync(integration, cancellationToken) is not { } position)
            return;
        IReadOnlyList<TicketAgain> before = position.Again;
        for (bool isEnd = false; !isEnd; )
        {
            TicketChanges changes = await ChangedAsync(integration, system, position, cancellationToken);
            TicketPosition next = await TakeAsync(integration, system, position, changes, cancellationToken);
            isEnd = changes.IsEnd;
            position = await GoOnAsync(integration, position, next);
        }
        foreach (TicketAgain again in before)
            position = await GoOnAsync(integration, position, await TryAgainAsync(integration, system, position, again, cancellationToken));
    }

    private static async ValueTask<TicketChanges> ChangedAsync(
        Integration integration,
        ITicketSystem system,
        TicketPosition from,
        CancellationToken cancellationToken
    )
    {
        for (int atMost = AtOnce; ; atMost = Math.Max(1, atMost / Less))
        {
            try
            {
                return await system.ChangedAsync(integration, from, atMost, cancellationToken);
            }
            catch (TicketSystemException refused) when (refused.Answer.IsCut && atMost > 1)
            {
                // A smaller part fits.
            }
        }
    }

    /// <returns>Behind what changed.</returns>
    private async ValueTask<TicketPosition> TakeAsync(
        Integration integration,
        ITicketSystem system,
        TicketPosition position,
        TicketChanges changes,
        CancellationToken cancellationToken
    )
    {
        Instant newest = changes.Tickets.Select(static one => one.UpdatedAt).DefaultIfEmpty(position.Since).Max();
        TicketPosition now = position;
        try
        {
            foreach (Ticket ticket in changes.Tickets.Where(one => !position.Taken.Contains(NameOf(one))))
            {
                if (!await TryAsync(integration, system, ticket, cancellationToken))
                    now = now with { Again = Failed(integration, now.Again, ticket.Id) };
                // Of the newest second more may have happened since the list was made.
                if (ticket.UpdatedAt < newest)
                    now = now with { Taken = [.. now.Taken, NameOf(ticket)] };
            }
        }
        catch (TicketSystemException)
        {
            await GoOnAsync(integration, position, now);
            throw;
        }
        return now with { Cursor = changes.Cursor, Taken = [] };
    }

    private async ValueTask<TicketPosition> TryAgainAsync(
        Integration integration,
        ITicketSystem system,
        TicketPosition position,
        TicketAgain again,
        CancellationToken cancellationToken
    )
    {
        Ticket? ticket = await system.GetAsync(integration, again.TicketId, cancellationToken);
        bool isOver = ticket is null || await TryAsync(integration, system, ticket, cancellationToken);
        IReadOnlyList<TicketAgain> others = [.. position.Again.Where(one => one.TicketId != again.TicketId)];
        return position with { Again = isOver ? others : Failed(integration, position.Again, again.TicketId) };
    }

    /// <summary>Whether it was taken.</summary>
    /// <exception cref="TicketSystemException">The help desk is not reached, or wants to be left alone.</exception>
    private async ValueTask<bool> TryAsync(
        Integration integration,
        ITicketSystem system,
        Ticket ticket,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await taking.TakeAsync(integration, system, ticket, cancellationToken);
            return true;
        }
        catch (Exception error) when (IsOfTicket(error))
        {
            LogNotTaken(logger, ticket.Id, integration.Id, error.Message);
            return false;
        }
    }

    /// <summary>Whether it tells of the one ticket, and not of the help desk.</summary>
    private static bool IsOfTicket(Exception error) =>
        error is TicketSystemException { Answer: var answer }
            ? answer
                is {
                    After: null,
                    Status: not (
                        null
                        or HttpStatusCode.Unauthorized
                        or HttpStatusCode.Forbidden
                        or HttpStatusCode.RequestTimeout
                        or HttpStatusCode.TooManyRequests
                    ),
                }
            : error is not OperationCanceledException;

    private List<TicketAgain> Failed(Integration integration, IReadOnlyList<TicketAgain> again, string ticket)
    {
        int tries = 1 + (again.FirstOrDefault(one => one.TicketId == ticket)?.Tries ?? 0);
        List<TicketAgain> next = [.. again.Where(one => one.TicketId != ticket)];
        if (tries < MostTries)
            next.Add(new TicketAgain(ticket, tries));
        else
            LogGivenUp(logger, ticket, integration.Id, tries);
        if (next.Count > MostAgain)
        {
            LogGivenUp(logger, next[0].TicketId, integration.Id, next[0].Tries);
            next.RemoveAt(0);
        }
        return next;
    }

    private async ValueTask<TicketPosition> GoOnAsync(Integration integration, TicketPosition before, TicketPosition next)
    {
        if (next != before)
            await desk.Links.PutAsync(integration, next);
        return next;
    }

    private static string NameOf(Ticket ticket) =>
        string.Create(CultureInfo.InvariantCulture, $"{ticket.Id}@{ticket.UpdatedAt.UnixMilliseconds}");

    [LoggerMessage(1433, LogLevel.Warning, "Ticket {Ticket} at '{Integration}' could not be taken; it is tried again: {Why}")]
    private static partial void LogNotTaken(ILogger logger, string ticket, string integration, string why);

    [LoggerMessage(
        1434,
        LogLevel.Warning,
        "Ticket {Ticket} at '{Integration}' was tried {Tries} times in vain; it waits for its next change"
    )]
    private static partial void LogGivenUp(ILogger logger, string ticket, string integration, int tries);
}
