using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Desk;
using Orleans;

namespace OmniIoT.Grains.Coordination;

/// <summary>Asks the grain of the conversation; what is lost with its process is told anew within seconds.</summary>
internal sealed class GrainLookers(IGrainFactory grains) : ILookers
{
    public async ValueTask<IReadOnlyList<Looker>> LookAsync(string conversationId, string agentId, bool isTyping)
    {
        try
        {
            return await grains.GetGrain<ILookersGrain>(conversationId).LookAsync(agentId, isTyping);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
        {
            return [];
        }
    }

    public async ValueTask LeaveAsync(string conversationId, string agentId)
    {
        try
        {
            await grains.GetGrain<ILookersGrain>(conversationId).LeaveAsync(agentId);
        }
        catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
        {
            // Forgotten, as all that was known there.
        }
    }
}
