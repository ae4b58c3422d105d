using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Options;

namespace OmniIoT.Gateway.Sessions;

/// <summary>What every session works with.</summary>
internal sealed record SessionParts(
    MqttGatewayOptions Options,
    GatewayCounters Counters,
    SessionCommits Commits,
    BackgroundWork Background,
    TimeProvider Time
);
