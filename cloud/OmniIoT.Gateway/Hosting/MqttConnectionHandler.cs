using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Listening;

namespace OmniIoT.Gateway.Hosting;

/// <summary>MQTT over TLS, on a listener of Kestrel. Wired with <c>ListenOptions.UseConnectionHandler</c>.</summary>
public sealed class MqttConnectionHandler : ConnectionHandler
{
    private readonly ConnectionRunner _runner;

    internal MqttConnectionHandler(ConnectionRunner runner) => _runner = runner;

    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        IPAddress? address = (connection.RemoteEndPoint as IPEndPoint)?.Address;
        CancellationToken closeRequested =
            connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? CancellationToken.None;
        SslStream? tls = connection.Features.Get<ISslStreamFeature>()?.SslStream;
        ConnectionTransport transport = new(
            connection.Transport.Input,
            connection.Transport.Output,
            address,
            connection.Abort,
            tls is null ? null : tls.ShutdownAsync,
            MqttTls.CertificateOf(connection)
        );
        return _runner.RunAsync(transport, closeRequested);
    }
}
