using System.IO.Pipelines;
using System.Net;
using OmniIoT.Gateway.Security;

namespace OmniIoT.Gateway.Connections;

/// <summary>What a connection stands on: a TCP connection, a TLS connection of Kestrel, or a WebSocket.</summary>
/// <param name="Input">Reads are given up by their cancellation token.</param>
/// <param name="Output">Written to by <see cref="PipeWriter.WriteAsync"/> only.</param>
/// <param name="RemoteAddress">The peer's; null for a peer that has none.</param>
/// <param name="Abort">Ends it at once.</param>
/// <param name="CloseNotify">Where completing the output does not tell the peer that nothing more comes, this does: TLS.</param>
/// <param name="Certificate">What the client showed in the TLS handshake, with proof that it has the key; null for none.</param>
internal sealed record ConnectionTransport(
    PipeReader Input,
    PipeWriter Output,
    IPAddress? RemoteAddress,
    Action Abort,
    Func<Task>? CloseNotify = null,
    ShownCertificate? Certificate = null
)
{
    /// <summary>The peer's address without its port.</summary>
    public string Address =>
        (RemoteAddress is { IsIPv4MappedToIPv6: true } ? RemoteAddress.MapToIPv4() : RemoteAddress)?.ToString() ?? "local";

    /// <summary>Tells the peer that nothing more comes; it may still be read.</summary>
    public async Task EndOutputAsync()
    {
        await Output.CompleteAsync();
        if (CloseNotify is not null)
            await CloseNotify();
    }

    public bool IsLoopback => RemoteAddress is null || IPAddress.IsLoopback(RemoteAddress);
}
