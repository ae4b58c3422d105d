using System.IO.Pipelines;
using System.Net;
using OmniIoT.Gateway.Security;

namespace OmniIoT.Gateway.Connections;

/// <summary>What a connection stands on: a TCP connection, a TLS connection of Kestrel, or a WebSocket.</summary>
/// <param name="Input">Reads are given up by their cancellation token.</param>
/// <param name="Output">Written to by <see cref="PipeWriter.WriteAsync"/> only; completing it tells the peer that nothing more comes.</param>
/// <param name="RemoteAddress">The peer's; null for a peer that has none.</param>
/// <param name="Abort">Ends it at once.</param>
/// <param name="Certificate">What the client showed in the TLS handshake, with proof that it has the key; null for none.</param>
internal sealed record ConnectionTransport(
    PipeReader Input,
    PipeWriter Output,
    IPAddress? RemoteAddress,
    Action Abort,
    ShownCertificate? Certificate = null
)
{
    /// <summary>The peer's address without its port.</summary>
    public string Address =>
        (
            RemoteAddress is { IsIPv4MappedToIPv6: true }
                ? RemoteAddress.MapToIPv4()
                : RemoteAddress
        )?.ToString() ?? "local";

    public bool IsLoopback => RemoteAddress is null || IPAddress.IsLoopback(RemoteAddress);
}
