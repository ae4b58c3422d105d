using System.IO.Pipelines;
using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Connections;

/// <summary>The life of a connection from its acceptance to its last byte.</summary>
internal sealed class ConnectionRunner(
    ConnectionParts parts,
    ConnectionRegistry connections,
    SessionRegistry sessions,
    GatewayLifecycle lifecycle,
    ILogger<ConnectionRunner> logger
)
{
    /// <summary>How long a client may go on sending that was told the end: four round trips over a bad radio link.</summary>
    private static readonly TimeSpan UnheardTime = TimeSpan.FromSeconds(1);

    /// <param name="closeRequested">Cancelled when the server asks its connections to end.</param>
    public async Task RunAsync(ConnectionTransport transport, CancellationToken closeRequested)
    {
        Connection connection = new(parts, transport);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (lifecycle.IsClosing || !connections.TryAdd(connection, ended.Task, parts.Options))
        {
            transport.Abort();
            return;
        }
        try
        {
            using CancellationTokenRegistration registration = closeRequested.UnsafeRegister(
                static state => ((Connection)state!).End(ConnectionEnd.Stopping),
                connection
            );
            await ReadAsync(connection);
            await FinishAsync(connection);
        }
        finally
        {
            connections.Remove(connection);
            ended.SetResult();
        }
    }

    private async Task ReadAsync(Connection connection)
    {
        try
        {
            await connection.ReadAsync();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            connection.End(ConnectionEnd.Lost); // Has no effect when it was ended from here, which is what cancels.
        }
        catch (MqttProtocolException error)
        {
            connection.End(new ConnectionEnd(error.ReasonCode, error.Message));
        }
        catch (Exception error)
        {
            Log.ConnectionFailed(logger, error, ClientIdOf(connection), connection.Transport.Address);
            connection.End(ConnectionEnd.Failed);
        }
    }

    private async Task FinishAsync(Connection connection)
    {
        connection.AbandonBatch();
        ConnectionEnd end = connection.Ending ?? ConnectionEnd.Lost;
        Log.ConnectionEnded(logger, ClientIdOf(connection), connection.Transport.Address, end.Text);
        try
        {
            await sessions.DetachAsync(connection, end);
        }
        catch (OperationCanceledException) when (lifecycle.Stopping.IsCancellationRequested)
        {
            // The gateway stops, and the partitions with it: they take no more notice.
        }
        catch (Exception error)
        {
            Log.ConnectionFailed(logger, error, ClientIdOf(connection), connection.Transport.Address);
        }
        SayGoodbye(connection, end);
        await CloseAsync(connection, isPeerThere: end != ConnectionEnd.Lost);
        connection.Output.Close();
        connection.Closing.Dispose();
    }

    private static void SayGoodbye(Connection connection, ConnectionEnd end)
    {
        if (connection.Accepted is null || connection.Version != ProtocolVersion.V5 || end.Code is not { } code)
            return;
        if (!code.IsAllowedIn(PacketType.Disconnect))
            return;
        connection.TryAnswer( // MQTT5 [MQTT-4.13.2-1]
            (output, reason) =>
                new DisconnectPacket(code) { Properties = new PacketProperties { ReasonString = reason } }.Encode(
                    ProtocolVersion.V5,
                    output
                ),
            end.Text
        );
    }

    // The sending side closes first, MQTT5 [MQTT-3.14.4-2], so that the client sees the end at once.
    private async Task CloseAsync(Connection connection, bool isPeerThere)
    {
        try
        {
            await connection.Output.WaitUntilEmptyAsync().WaitAsync(parts.Options.CloseTimeout, parts.Time);
            await connection.Transport.EndOutputAsync();
            if (isPeerThere)
                await DiscardAsync(connection);
        }
        catch (Exception error) when (error is TimeoutException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            connection.Transport.Abort();
        }
    }

    // What the client sent before it saw the end is read and thrown away: closing upon unread bytes resets the connection, and the
    // last acknowledgements and the reason would be lost with it.
    private async Task DiscardAsync(Connection connection)
    {
        using CancellationTokenSource limit = new(UnheardTime, parts.Time);
        PipeReader input = connection.Transport.Input;
        bool isOpen = true;
        while (isOpen)
        {
            ReadResult result = await input.ReadAsync(limit.Token);
            input.AdvanceTo(result.Buffer.End);
            isOpen = !result.IsCompleted;
        }
    }

    private static string ClientIdOf(Connection connection) => connection.HasSession ? connection.Session.ClientId : "";
}
