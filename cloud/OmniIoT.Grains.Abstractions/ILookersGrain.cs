using OmniIoT.Ports.Desk;
using Orleans;

namespace OmniIoT.Grains.Abstractions;

/// <summary>Remembers who looks at one conversation, its key. See <see cref="ILookers"/>.</summary>
public interface ILookersGrain : IGrainWithStringKey
{
    Task<Looker[]> LookAsync(string agentId, bool isTyping);

    Task LeaveAsync(string agentId);
}
