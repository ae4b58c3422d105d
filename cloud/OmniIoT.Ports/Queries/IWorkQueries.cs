using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Ports.Queries;

/// <summary>How much waits in a queue for the router to find an agent.</summary>
/// <param name="Since">Since when the oldest does.</param>
public sealed record QueueBacklog(string Queue, long Waiting, Instant Since);

/// <summary>What of a queue's waiting work is meant.</summary>
/// <param name="Queue">The queue's id.</param>
public sealed record WaitingFilter(string Queue)
{
    /// <summary>Null: whatever it came by.</summary>
    public WorkChannels? Channels { get; init; }

    /// <summary>What has waited at least since then; null: what waits at all.</summary>
    public Instant? Since { get; init; }
}

/// <summary>Channels that work comes by.</summary>
/// <param name="Others">All but these are meant, and what came by none: cases.</param>
public sealed record WorkChannels(IReadOnlyCollection<string> Ids, bool Others = false);

/// <summary>How much an agent has at once, of cases (no channel) or of a channel's conversations.</summary>
public sealed record AgentLoad(string Agent, string? Channel, long Count);

/// <summary>Cases and conversations that are not done, as the router and the clocks of promises ask for them.</summary>
public interface IWorkQueries
{
    /// <summary>Of what something is to be told by now, the longest due first.</summary>
    ValueTask<IReadOnlyList<Work>> AlertsDueAsync(Instant now, int limit, CancellationToken cancellationToken);

    /// <summary>What waits in a queue, the oldest first.</summary>
    ValueTask<IReadOnlyList<Work>> WaitingAsync(WaitingFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>What somebody has who was not heard, the oldest first.</summary>
    ValueTask<IReadOnlyList<Work>> OfferedAsync(int limit, CancellationToken cancellationToken);

    /// <summary>What an agent has who was not heard, the oldest first.</summary>
    ValueTask<IReadOnlyList<Work>> OfferedToAsync(string agent, int limit, CancellationToken cancellationToken);

    /// <summary>By queue; one in which nothing waits is missing.</summary>
    ValueTask<IReadOnlyList<QueueBacklog>> BacklogsAsync(CancellationToken cancellationToken);

    /// <summary>Of what these agents have that is active; who has nothing is missing.</summary>
    ValueTask<IReadOnlyList<AgentLoad>> LoadsAsync(IReadOnlyList<string> agents, CancellationToken cancellationToken);

    /// <summary>Who had the customer's last case and last conversation, and those of whoever is the same person.</summary>
    ValueTask<IReadOnlyList<string>> AcquaintedAsync(string customerId, CancellationToken cancellationToken);
}
