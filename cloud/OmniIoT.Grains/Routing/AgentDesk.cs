using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Routing;

/// <summary>Something that an agent got by routing and has said nothing about.</summary>
/// <param name="AnswerBy">When it is taken back, unless they are heard before.</param>
public sealed record OfferedWork(Work Work, Instant AnswerBy);

/// <summary>What an agent has.</summary>
/// <param name="Load">How much, of what is active.</param>
/// <param name="Offered">What waits for a word of theirs, the oldest first.</param>
public sealed record AgentWork(AgentCapacity Load, IReadOnlyList<OfferedWork> Offered);

/// <summary>What the router gave an agent, and how they give it back.</summary>
public sealed class AgentDesk
{
    /// <summary>Of what is offered to one agent; who has room for more sees the rest after these.</summary>
    private const int MostOffered = 100;

    private readonly IWorkQueries _work;
    private readonly IGrains _grains;
    private readonly ChannelTypes _channels;
    private readonly RoutingPace _pace;

    internal AgentDesk(IWorkQueries work, IGrains grains, ChannelTypes channels, RoutingPace pace) =>
        (_work, _grains, _channels, _pace) = (work, grains, channels, pace);

    public async Task<AgentWork> ReadAsync(string agent, CancellationToken cancellationToken)
    {
        IReadOnlyList<AgentLoad> loads = await _work.LoadsAsync([agent], cancellationToken);
        IReadOnlyList<Work> offered = await _work.OfferedToAsync(agent, MostOffered, cancellationToken);
        return new AgentWork(
            loads.Aggregate(new AgentCapacity(0, 0, 0), (sum, load) => sum.Plus(_channels.ClassOf(load.Channel), (int)load.Count)),
            [.. offered.Select(work => new OfferedWork(work, work.OfferedAt!.Value + _pace.AnswerWithin))]
        );
    }

    /// <summary>The agent does not want it now: it waits for another, as if they had given no answer.</summary>
    /// <returns>Null: it was given back.</returns>
    public async Task<Rejection?> DeclineAsync(string agent, WorkKind kind, string id, CancellationToken cancellationToken)
    {
        IReadOnlyList<Work> offered = await _work.OfferedToAsync(agent, MostOffered, cancellationToken);
        return offered.FirstOrDefault(one => one.Kind == kind && one.Id == id) is { } work
            ? await _grains.MoveAsync(work, new RoutingMove(RoutingStep.TakeBack))
            : Rejection.NotFound("OfferedWork", id);
    }
}
