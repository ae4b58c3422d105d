using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Access.Sessions;

/// <summary>The sessions of one agent, the newest last.</summary>
internal sealed record StoredSessions(IReadOnlyList<StoredSession> Sessions)
{
    /// <summary>More than one person has open; the oldest goes for a newer one.</summary>
    public const int MaximumCount = 50;

    public static StoredSessions None { get; } = new([]);

    /// <summary>Those that still hold, with one more.</summary>
    public StoredSessions With(StoredSession session, Instant now) =>
        new([.. Sessions.Where(one => one.HoldsAt(now)).TakeLast(MaximumCount - 1), session]);

    public StoredSessions Without(string id) => new([.. Sessions.Where(session => session.Id != id)]);

    public StoredSessions Seen(string id, Instant at) =>
        new([.. Sessions.Select(session => session.Id == id ? session with { LastSeenAt = at } : session)]);
}

/// <param name="Hash">SHA-256 of the token.</param>
/// <param name="Stamp">Of the password that the session was begun under; with another password it is none.</param>
internal sealed record StoredSession(string Id, byte[] Hash, byte[] Stamp, Instant Since, Instant ExpiresAt)
{
    /// <summary>True to five minutes.</summary>
    public required Instant LastSeenAt { get; init; }

    /// <summary>
    /// Not after its end, nor before its beginning by more than a day: a clock that was far ahead gave it an end that is not meant.
    /// </summary>
    public bool HoldsAt(Instant now) => now < ExpiresAt && Since <= now + TimeSpan.FromDays(1);

    /// <summary>From where it was begun.</summary>
    public required string Address { get; init; }

    /// <summary>What the browser or program calls itself.</summary>
    public required string Client { get; init; }
}
