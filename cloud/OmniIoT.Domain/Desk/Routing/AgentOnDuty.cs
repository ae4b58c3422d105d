using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Desk.Routing;

/// <summary>An agent as the router sees one. Immutable.</summary>
/// <param name="IsAvailable">Whether new work may come; who is not there at all gives back what was not answered.</param>
/// <param name="IsThere">Whether they work at all: available, busy or away for a moment.</param>
/// <param name="Since">Since when they are as they are.</param>
public sealed record AgentOnDuty(string Id, bool IsAvailable, bool IsThere, Instant Since)
{
    public IReadOnlyCollection<string> Queues { get; init; } = [];

    /// <summary>Ids of the only sites whose devices and people they are shown; null: they are shown all.</summary>
    public IReadOnlyList<string>? Sites { get; init; }

    public IReadOnlyCollection<string> Skills { get; init; } = [];

    /// <summary>BCP 47.</summary>
    public IReadOnlyCollection<string> Languages { get; init; } = [];

    public AgentCapacity Capacity { get; init; } = new();

    /// <summary>How much they have.</summary>
    public AgentCapacity Load { get; init; } = new(0, 0, 0);

    /// <summary>When they last got something; null: not since anybody counts.</summary>
    public Instant? LastAssignedAt { get; init; }

    /// <summary>Since when they have had nothing new.</summary>
    public Instant IdleSince => LastAssignedAt is { } last ? Instant.Max(last, Since) : Since;

    public bool CanServe(Queue queue) => Queues.Contains(queue.Id) && queue.Skills.All(Skills.Contains);

    public bool HasRoomFor(WorkClass what) => Load[what] < Capacity[what];

    /// <summary>Whether they speak the language, whatever its region.</summary>
    public bool Speaks(string? locale) => locale is not null && Languages.Any(own => PrimaryOf(own) == PrimaryOf(locale));

    public AgentOnDuty With(WorkClass what, Instant now) => this with { Load = Load.Plus(what), LastAssignedAt = now };

    private static string PrimaryOf(string tag) => tag.Split('-', '_')[0].ToLowerInvariant();
}

/// <summary>How many conversations and cases at once.</summary>
/// <param name="Chat">Web chat and messengers that are live.</param>
/// <param name="Voice">Calls.</param>
/// <param name="Other">Everything else.</param>
public sealed record AgentCapacity(int Chat = 3, int Voice = 1, int Other = 10)
{
    public int this[WorkClass what] =>
        what switch
        {
            WorkClass.Chat => Chat,
            WorkClass.Voice => Voice,
            _ => Other,
        };

    public AgentCapacity Plus(WorkClass what, int count = 1) =>
        what switch
        {
            WorkClass.Chat => this with { Chat = Chat + count },
            WorkClass.Voice => this with { Voice = Voice + count },
            _ => this with { Other = Other + count },
        };
}
