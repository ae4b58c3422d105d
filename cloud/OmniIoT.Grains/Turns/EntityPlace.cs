using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Messaging;
using Orleans.Runtime;

namespace OmniIoT.Grains.Turns;

/// <summary>Where entities live: this process among the others, its silo, its connections.</summary>
/// <param name="Contexts">Where a grain finds its own context: one that is injected costs each activation a cache of scoped
/// services.</param>
internal sealed record EntityPlace(
    IProcesses Processes,
    ILocalGateway Gateway,
    LocalEntities Locals,
    IGrainRuntime Silo,
    IGrainContextAccessor Contexts
);
