using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Metrics;
using Orleans;
using Orleans.Runtime;

namespace OmniIoT.Grains.Silo;

/// <summary>
/// Says with each call which process it comes from and on whose behalf it is made, and counts those that come from another process.
/// </summary>
internal sealed class RemoteCalls(IProcesses processes, OmniMetrics metrics) : IOutgoingGrainCallFilter, IIncomingGrainCallFilter
{
    private const string From = "omniiot.from";
    private const string Actor = "omniiot.actor";
    private const string Address = "omniiot.address";

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        RequestContext.Set(From, processes.Own);
        Say(Actor, CallOrigin.Current?.Actor);
        Say(Address, CallOrigin.Current?.Address);
        return context.Invoke();
    }

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (RequestContext.Get(From) is string from && from != processes.Own)
            metrics.RemoteCalls.Add(1);
        CallOrigin.Current = RequestContext.Get(Actor) is string actor ? new Origin(actor, RequestContext.Get(Address) as string) : null;
        return context.Invoke();
    }

    private static void Say(string name, string? value)
    {
        if (value is not null)
            RequestContext.Set(name, value);
        else if (RequestContext.Get(name) is not null)
            RequestContext.Remove(name);
    }
}
