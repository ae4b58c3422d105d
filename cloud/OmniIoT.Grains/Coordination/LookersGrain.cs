using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Desk;
using Orleans;

namespace OmniIoT.Grains.Coordination;

/// <inheritdoc cref="ILookersGrain"/>
internal sealed class LookersGrain(TimeProvider time) : Grain, ILookersGrain
{
    /// <summary>More nobody reads.</summary>
    private const int MostTold = 20;

    private readonly Dictionary<string, (long At, bool IsTyping)> _known = new(StringComparer.Ordinal);

    public Task<Looker[]> LookAsync(string agentId, bool isTyping)
    {
        _known[agentId] = (time.GetTimestamp(), isTyping);
        foreach (
            string gone in _known.Where(one => time.GetElapsedTime(one.Value.At) >= ILookers.For).Select(static one => one.Key).ToList()
        )
            _known.Remove(gone);
        return Task.FromResult<Looker[]>([
            .. _known
                .Where(one => one.Key != agentId)
                .OrderBy(static one => one.Key, StringComparer.Ordinal)
                .Take(MostTold)
                .Select(static one => new Looker(one.Key, one.Value.IsTyping)),
        ]);
    }

    public Task LeaveAsync(string agentId)
    {
        _known.Remove(agentId);
        return Task.CompletedTask;
    }
}
