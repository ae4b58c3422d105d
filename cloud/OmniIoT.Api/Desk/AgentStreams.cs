using System.Collections.Concurrent;
using OmniIoT.Api.Access;

namespace OmniIoT.Api.Desk;

/// <summary>Which agents have an event stream open at this process.</summary>
public sealed class AgentStreams
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    public bool HasOpen(string agentId) => _open.GetValueOrDefault(agentId) > 0;

    /// <summary>A stream of the caller is open until it is disposed of; counts for agents only.</summary>
    public IDisposable Open(Caller caller) => new Stream(_open, caller is AgentCaller agent ? agent.Id : null);

    private sealed class Stream : IDisposable
    {
        private readonly ConcurrentDictionary<string, int> _open;
        private readonly string? _agentId;

        public Stream(ConcurrentDictionary<string, int> open, string? agentId)
        {
            (_open, _agentId) = (open, agentId);
            if (agentId is not null)
                open.AddOrUpdate(agentId, 1, static (_, count) => count + 1);
        }

        public void Dispose()
        {
            if (_agentId is not null)
                _open.AddOrUpdate(_agentId, 0, static (_, count) => count - 1);
        }
    }
}
