using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Domain.Systems;

/// <summary>How far a ticket is, in the words that both sides have.</summary>
public enum TicketStatus
{
    Open,
    Pending,
    Solved,
}

/// <summary>A case as a help desk knows it.</summary>
public sealed record Ticket
{
    private const string TagPrefix = "omniiot-case-";

    /// <summary>The help desk's.</summary>
    public required string Id { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required TicketStatus Status { get; init; }

    public required CasePriority Priority { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required TicketPerson Requester { get; init; }

    public required Instant UpdatedAt { get; init; }

    /// <summary>The case's id that the ticket was made with, empty: none; null: the help desk keeps no such thing.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Whether it takes nothing any more, not even that it is open again.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The number of the case that it is; null: of none yet.</summary>
    public long? CaseNumber => Tags.Select(NumberIn).FirstOrDefault(number => number is not null);

    /// <summary>Whether it bears the tag of a case.</summary>
    public bool Bears(Case @case) => Tags.Contains(TagOf(@case.Number));

    /// <summary>Whether it was made of a case, as far as the help desk knows.</summary>
    public bool IsMadeOf(Case @case) => Bears(@case) && (ExternalId is null || ExternalId == @case.Id);

    /// <summary>By which the ticket of a case is found.</summary>
    public static string TagOf(long caseNumber) => TagPrefix + caseNumber.ToString(CultureInfo.InvariantCulture);

    private static long? NumberIn(string tag) =>
        tag.StartsWith(TagPrefix, StringComparison.Ordinal)
        && long.TryParse(tag.AsSpan(TagPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
}

/// <param name="Id">The help desk's; null: it does not know them yet.</param>
/// <param name="Email">Null: it is not known.</param>
public sealed record TicketPerson(string? Id, string? Name, string? Email);

/// <summary>Something said in a ticket.</summary>
/// <param name="Key">The change of ours that it came from; null: it was written there.</param>
/// <param name="IsPublic">Whether the requester sees it.</param>
/// <param name="IsByRequester">Whether the requester wrote it.</param>
public sealed record TicketComment(string Id, string Text, string? Key, bool IsPublic, bool IsByRequester, Instant At);

/// <summary>What both sides last agreed on of a case and its ticket.</summary>
public sealed record TicketLink(string CaseId, string TicketId, TicketStatus Status)
{
    /// <summary>Whether it was told that the ticket takes nothing any more.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Conversations about the case of which all is there that was said before they were about it.</summary>
    public IReadOnlyList<string> Conversations { get; init; } = [];
}

/// <summary>Up to where a help desk was read.</summary>
/// <param name="Since">From when on it is read: when it was first written down.</param>
/// <param name="Cursor">The help desk's; null: it begins.</param>
public sealed record TicketPosition(Instant Since, string? Cursor)
{
    /// <summary>Tickets behind the cursor that were taken, each by its id and when it was changed.</summary>
    public IReadOnlyList<string> Taken { get; init; } = [];

    /// <summary>Tickets that could not be taken, and are tried again.</summary>
    public IReadOnlyList<TicketAgain> Again { get; init; } = [];
}

/// <param name="Tries">How often it was tried in vain.</param>
public sealed record TicketAgain(string TicketId, int Tries);
