using System.IO.Pipelines;

namespace OmniIoT.Gateway.Connections;

/// <summary>What a connection stands on: a TCP or TLS connection of Kestrel, or a WebSocket.</summary>
/// <param name="Address">The peer's address without its port.</param>
/// <param name="Abort">Ends it at once.</param>
internal sealed record ConnectionTransport(IDuplexPipe Pipe, string Address, bool IsLoopback, Action Abort);
