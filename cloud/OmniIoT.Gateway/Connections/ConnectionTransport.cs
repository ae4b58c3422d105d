using System.IO.Pipelines;
using OmniIoT.Gateway.Security;

namespace OmniIoT.Gateway.Connections;

/// <summary>What a connection stands on: a TCP or TLS connection of Kestrel, or a WebSocket.</summary>
/// <param name="Address">The peer's address without its port.</param>
/// <param name="Abort">Ends it at once.</param>
/// <param name="Certificate">What the client showed in the TLS handshake, with proof that it has the key; null for none.</param>
internal sealed record ConnectionTransport(
    IDuplexPipe Pipe, string Address, bool IsLoopback, Action Abort, ShownCertificate? Certificate = null);
