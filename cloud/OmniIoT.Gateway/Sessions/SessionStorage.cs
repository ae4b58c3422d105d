using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

/// <summary>Where sessions are kept, and which processes have them.</summary>
/// <param name="Shared">Null: no other process has sessions.</param>
/// <param name="Peers">Null as <paramref name="Shared"/> is.</param>
internal sealed record SessionStorage(
    ISessionStore Store,
    IProcesses Processes,
    ISharedSessions? Shared = null,
    ISessionPeers? Peers = null
);
