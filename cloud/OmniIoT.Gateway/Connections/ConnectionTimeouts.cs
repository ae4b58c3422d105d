using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Options;
using OmniIoT.Ports;

namespace OmniIoT.Gateway.Connections;

/// <summary>Ends connections whose time is over: no CONNECT, no sign of life, credentials that ended.</summary>
internal sealed class ConnectionTimeouts(
    MqttGatewayOptions options,
    ConnectionRegistry connections,
    TimeProvider time,
    ILogger<ConnectionTimeouts> logger
)
{
    /// <summary>Looks at each connection. What one of them does wrong costs the others nothing.</summary>
    public void EndDue()
    {
        long now = time.GetTimestamp();
        foreach (Connection connection in connections.All())
        {
            try
            {
                EndIfDue(connection, now);
            }
            catch (Exception error)
            {
                Log.HeartbeatFailed(logger, error);
            }
        }
    }

    private void EndIfDue(Connection connection, long now)
    {
        if (connection.Accepted is null)
        {
            if (time.GetElapsedTime(connection.StartedAt, now) >= options.ConnectTimeout)
                connection.End(ConnectionEnd.ConnectTimeout);
            return;
        }
        if (connection.CredentialsExpireAt <= time.Now())
            connection.End(ConnectionEnd.CredentialsExpired);
        if (connection.Silence == TimeSpan.Zero || !connection.IsReading)
            return;
        if (time.GetElapsedTime(connection.LastReceivedAt, now) > connection.Silence)
            connection.End(ConnectionEnd.KeepAlive);
    }
}
