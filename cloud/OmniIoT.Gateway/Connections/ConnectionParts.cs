using OmniIoT.Gateway.Handlers;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;

namespace OmniIoT.Gateway.Connections;

/// <summary>What every connection works with.</summary>
internal sealed record ConnectionParts(
    MqttGatewayOptions Options,
    GatewayCounters Counters,
    PacketHandlers Handlers,
    BatchPool Batches,
    BatchSubmitter Submitter,
    TimeProvider Time
);
