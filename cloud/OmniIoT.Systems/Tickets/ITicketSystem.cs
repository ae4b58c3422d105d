using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Systems.Tickets;

/// <summary>
/// Speaks with one kind of help desk. Every call may fail with <see cref="TicketSystemException"/>; the integration has its credentials as
/// texts.
/// </summary>
public interface ITicketSystem
{
    /// <summary>The <see cref="Integration.Type"/> that it speaks with.</summary>
    string Type { get; }

    /// <summary>The tickets that are said to bear a tag: whether they do is seen by what they bear.</summary>
    ValueTask<IReadOnlyList<Ticket>> FindAsync(Integration integration, string tag, CancellationToken cancellationToken);

    /// <summary>Null: it is gone.</summary>
    ValueTask<Ticket?> GetAsync(Integration integration, string id, CancellationToken cancellationToken);

    /// <summary>Where the help desk knows keys, the same again makes no second one.</summary>
    ValueTask<Ticket> CreateAsync(Integration integration, NewTicket ticket, CancellationToken cancellationToken);

    ValueTask SetAsync(Integration integration, string id, TicketStatus status, CasePriority priority, CancellationToken cancellationToken);

    /// <summary>Puts a tag beside those that a ticket has.</summary>
    ValueTask TagAsync(Integration integration, Ticket ticket, string tag, CancellationToken cancellationToken);

    /// <summary>All that was said, oldest first, without the ticket's own text.</summary>
    ValueTask<IReadOnlyList<TicketComment>> CommentsAsync(Integration integration, Ticket ticket, CancellationToken cancellationToken);

    ValueTask CommentAsync(Integration integration, Ticket ticket, NewComment comment, CancellationToken cancellationToken);

    /// <summary>Tickets that changed, oldest first: a part of them, and from where it goes on.</summary>
    /// <param name="from">Where the part before ended; without a cursor: all since its time.</param>
    /// <param name="atMost">Of tickets in the part, 1 to 100.</param>
    ValueTask<TicketChanges> ChangedAsync(Integration integration, TicketPosition from, int atMost, CancellationToken cancellationToken);

    /// <summary>Whether a call of the help desk is its own.</summary>
    bool IsProved(Integration integration, TicketCall call);
}

/// <param name="Key">Names it however often it is asked for.</param>
public sealed record NewTicket(string Key, string Tag, string Subject, string Text, TicketPerson Requester)
{
    public required TicketStatus Status { get; init; }

    public required CasePriority Priority { get; init; }
}

/// <param name="Key">Names it: it is found by it.</param>
/// <param name="IsPublic">Whether the requester sees it.</param>
/// <param name="IsByRequester">Whether the requester said it.</param>
public sealed record NewComment(string Key, string Text, bool IsPublic, bool IsByRequester);

/// <param name="Cursor">From where it goes on.</param>
/// <param name="IsEnd">Whether there is no more for now.</param>
public sealed record TicketChanges(IReadOnlyList<Ticket> Tickets, string? Cursor, bool IsEnd);

/// <summary>What a help desk called with.</summary>
/// <param name="Header">The value of a header, empty where it is missing.</param>
/// <param name="Token">What stands in the address as <c>token</c>.</param>
public sealed record TicketCall(Func<string, string> Header, string Token, ReadOnlyMemory<byte> Body);
