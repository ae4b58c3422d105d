using System.IO.Pipelines;
using OmniIoT.Gateway.Hosting;

namespace OmniIoT.Gateway.Connections;

/// <summary>The life of a connection from its acceptance to its last byte.</summary>
internal static class ConnectionRunner
{
    /// <param name="closeRequested">Cancelled when the server asks its connections to end.</param>
    public static async Task RunAsync(
        GatewayCore gateway,
        ConnectionTransport transport,
        CancellationToken closeRequested
    )
    {
        Connection connection = new(gateway, transport);
        TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (
            gateway.IsStopping
            || !gateway.Connections.TryAdd(connection, ended.Task, gateway.Options)
        )
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
            gateway.Connections.Remove(connection);
            ended.SetResult();
        }
    }

    private static async Task ReadAsync(Connection connection)
    {
        try
        {
            await connection.ReadAsync();
        }
        catch (Exception error)
            when (error is IOException or OperationCanceledException or ObjectDisposedException)
        {
            connection.End(ConnectionEnd.Lost); // Has no effect when it was ended from here, which is what cancels.
        }
        catch (MqttProtocolException error)
        {
            connection.End(new ConnectionEnd(error.ReasonCode, error.Message));
        }
        catch (Exception error)
        {
            Log.ConnectionFailed(
                connection.Gateway.Logger,
                error,
                ClientIdOf(connection),
                connection.Transport.Address
            );
            connection.End(ConnectionEnd.Failed);
        }
    }

    private static async Task FinishAsync(Connection connection)
    {
        connection.AbandonBatch();
        ConnectionEnd end = connection.Ending ?? ConnectionEnd.Lost;
        Log.ConnectionEnded(
            connection.Gateway.Logger,
            ClientIdOf(connection),
            connection.Transport.Address,
            end.Text
        );
        try
        {
            await connection.Gateway.Sessions.DetachAsync(connection, end);
        }
        catch (OperationCanceledException)
            when (connection.Gateway.Stopping.IsCancellationRequested)
        {
            // The gateway stops, and the partitions with it: they take no more notice.
        }
        catch (Exception error)
        {
            Log.ConnectionFailed(
                connection.Gateway.Logger,
                error,
                ClientIdOf(connection),
                connection.Transport.Address
            );
        }
        bool isTold = SayGoodbye(connection, end);
        await DrainAsync(connection, lingers: isTold && end.Lingers);
        connection.Output.Close();
        connection.Closing.Dispose();
    }

    private static bool SayGoodbye(Connection connection, ConnectionEnd end)
    {
        if (
            connection.Accepted is null
            || connection.Version != ProtocolVersion.V5
            || end.Code is not { } code
        )
            return false;
        if (!code.IsAllowedIn(PacketType.Disconnect))
            return false;
        return connection.TryAnswer( // MQTT5 [MQTT-4.13.2-1]
            (output, reason) =>
                new DisconnectPacket(code)
                {
                    Properties = new PacketProperties { ReasonString = reason },
                }.Encode(ProtocolVersion.V5, output),
            end.Text
        );
    }

    private static async Task DrainAsync(Connection connection, bool lingers)
    {
        try
        {
            await connection
                .Output.WaitUntilEmptyAsync()
                .WaitAsync(connection.Gateway.Options.CloseTimeout, connection.Gateway.Time);
            if (lingers)
                await LingerAsync(connection);
            await connection.Transport.Output.CompleteAsync();
        }
        catch (Exception error)
            when (error is TimeoutException or IOException or OperationCanceledException)
        {
            connection.Transport.Abort();
        }
    }

    // What a client that broke the protocol still sends is read and thrown away: closing upon unread bytes resets the connection,
    // and the client would never see why.
    private static async Task LingerAsync(Connection connection)
    {
        using CancellationTokenSource limit = new(
            connection.Gateway.Options.CloseTimeout,
            connection.Gateway.Time
        );
        PipeReader input = connection.Transport.Input;
        bool isOpen = true;
        while (isOpen)
        {
            ReadResult result = await input.ReadAsync(limit.Token);
            input.AdvanceTo(result.Buffer.End);
            isOpen = !result.IsCompleted;
        }
    }

    private static string ClientIdOf(Connection connection) =>
        connection.HasSession ? connection.Session.ClientId : "";
}
