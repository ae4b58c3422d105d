using OmniIoT.Api.Access;
using OmniIoT.Api.Desk;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Streaming;

/// <summary>What a watcher's connection reads beside the changes.</summary>
internal sealed record StreamSources(
    ITwinQueries Twins,
    IDeviceQueries Devices,
    IBoundsQueries Bounds,
    AccessDocuments Access,
    AgentStreams Agents,
    TimeProvider Time
);
