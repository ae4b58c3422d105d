using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Ports.Queries;

/// <summary>An entry of the trail, as people read it.</summary>
public sealed record AuditEntry
{
    public required string Id { get; init; }

    public required Instant At { get; init; }

    /// <summary>Who: as on timelines, or <c>anonymous</c>.</summary>
    public required string Actor { get; init; }

    /// <summary>The client's IP address; null: not known, or cut out when the actor was erased.</summary>
    public required string? Address { get; init; }

    public required string Action { get; init; }

    /// <summary>What or whom it was done to: kind, colon, id.</summary>
    public required string Subject { get; init; }

    /// <summary><c>ok</c>, or why not.</summary>
    public required string Outcome { get; init; }

    /// <summary>What was stored of the subject; null: nothing, or it was cut out when the customer was erased.</summary>
    public required JsonElement? Before { get; init; }

    /// <summary>What is; see <see cref="Before"/>.</summary>
    public required JsonElement? After { get; init; }

    /// <summary>SHA-256, in lower-case hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>The hash of the entry before; zeros for the first.</summary>
    public required string Previous { get; init; }
}

/// <summary>Each restricts when given.</summary>
/// <param name="Actors">Any of these.</param>
/// <param name="Subjects">Any of these.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The moment after the last.</param>
public sealed record AuditFilter(
    IReadOnlyList<string>? Actors = null,
    IReadOnlyList<string>? Subjects = null,
    IReadOnlyList<string>? Actions = null,
    Instant? From = null,
    Instant? To = null
);

public interface IAuditQueries
{
    /// <summary>Newest first, by <see cref="AuditEntry.At"/>, then by id.</summary>
    ValueTask<Page<AuditEntry>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken);
}
