using Microsoft.Extensions.Logging;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Commit.Delivery;

/// <summary>What all deliveries share.</summary>
public sealed record DeliveryServices(
    Committer Committer,
    IProcesses Processes,
    BackgroundLoops Loops,
    OmniMetrics Metrics,
    IdGenerator Ids,
    TimeProvider Time,
    Random Random,
    ILogger<DeliveryServices> Logger
);
