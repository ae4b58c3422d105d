using Microsoft.Extensions.Logging;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Commit.Delivery;

/// <summary>What says when a delivery that failed is tried again.</summary>
/// <param name="Random">Spreads the tries, so that they do not come all at once.</param>
public sealed record RetryClock(TimeProvider Time, Random Random);

/// <summary>What all deliveries share.</summary>
public sealed record DeliveryServices(
    Committer Committer,
    IProcesses Processes,
    BackgroundLoops Loops,
    OmniMetrics Metrics,
    IdGenerator Ids,
    RetryClock Clock,
    ILogger<DeliveryServices> Logger
);
