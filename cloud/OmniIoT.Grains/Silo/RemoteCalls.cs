using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Metrics;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Grains.Silo;

/// <summary>Says with each call which process it comes from, and counts those that come from another.</summary>
internal sealed class RemoteCalls(IProcesses processes, OmniMetrics metrics) : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private const string From = "omniiot.from";

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(From, processes.Own);
        return context.Invoke();
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(From) is string from && from != processes.Own)
            metrics.RemoteCalls.Add(1);
        return context.Invoke();
    }
}
