using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace OmniIoT.Edge.Local;

/// <summary>
/// A small MQTT server for devices beside the agent. It takes what they publish, and hands nothing on between them: no subscription, no
/// retained message, no session that outlives its connection.
/// </summary>
internal sealed partial class LocalListener(LocalOptions options, LocalReadings readings, TimeProvider time, ILogger logger)
{
    /// <summary>Devices that may be connected at once.</summary>
    public const int MostClients = 100;

    // Of a payload; devices say a few values.
    private const int MostBytes = 64 * 1024;
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _clients;

    /// <summary>Completes when devices can connect.</summary>
    public Task Listening => _listening.Task;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await ServeAsync(cancellationToken);
            }
            catch (Exception failure) when (failure is IOException or SocketException or InvalidOperationException)
            {
                // A port that is taken must not keep the agent from its sensors.
                LogNotListening(options.Listen.ToString(), failure.Message);
                await Task.Delay(Retry, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        using MqttServer server = new MqttServerFactory().CreateMqttServer(
            new MqttServerOptionsBuilder()
                .WithDefaultEndpoint()
                .WithDefaultEndpointBoundIPAddress(Of(AddressFamily.InterNetwork))
                .WithDefaultEndpointBoundIPV6Address(Of(AddressFamily.InterNetworkV6))
                .WithDefaultEndpointPort(options.Listen.Port)
                .WithConnectionBacklog(MostClients)
                .WithMaxPendingMessagesPerClient(1)
                .Build()
        );
        _clients = 0;
        server.ValidatingConnectionAsync += Admit;
        server.ClientConnectedAsync += _ => Count(1);
        server.ClientDisconnectedAsync += _ => Count(-1);
        server.InterceptingSubscriptionAsync += Refuse;
        server.InterceptingPublishAsync += Take;
        await server.StartAsync();
        LogListening(options.Listen.ToString());
        _listening.TrySetResult();
        await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.StopAsync(new MqttServerStopOptions());
    }

    /// <summary>None: nothing listens in that family.</summary>
    private IPAddress Of(AddressFamily family) => options.Listen.AddressFamily == family ? options.Listen.Address : IPAddress.None;

    private Task Count(int change)
    {
        Interlocked.Add(ref _clients, change);
        return Task.CompletedTask;
    }

    private Task Admit(ValidatingConnectionEventArgs connection)
    {
        if (Volatile.Read(ref _clients) >= MostClients)
            connection.ReasonCode = MqttConnectReasonCode.QuotaExceeded;
        else if (options.User is not null && !(Same(connection.UserName, options.User) & Same(connection.Password, options.Password)))
            connection.ReasonCode = MqttConnectReasonCode.BadUserNameOrPassword;
        return Task.CompletedTask;
    }

    private static bool Same(string? given, string? expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given ?? ""), Encoding.UTF8.GetBytes(expected ?? ""));

    private static Task Refuse(InterceptingSubscriptionEventArgs subscription)
    {
        subscription.ProcessSubscription = false;
        subscription.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
        return Task.CompletedTask;
    }

    private Task Take(InterceptingPublishEventArgs publish)
    {
        publish.ProcessPublish = false;
        if (publish.ApplicationMessage.Payload.Length > MostBytes)
            publish.Response.ReasonCode = MqttPubAckReasonCode.QuotaExceeded;
        else if (!readings.Take(publish.ApplicationMessage.Topic, publish.ApplicationMessage.Payload))
            publish.Response.ReasonCode = MqttPubAckReasonCode.NoMatchingSubscribers;
        return Task.CompletedTask;
    }

    [LoggerMessage(33, LogLevel.Information, "Devices may publish on {Address}")]
    private partial void LogListening(string address);

    [LoggerMessage(34, LogLevel.Error, "Devices cannot publish on {Address}, which is tried again: {Reason}")]
    private partial void LogNotListening(string address, string reason);
}
