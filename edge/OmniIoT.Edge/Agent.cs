using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Edge.Commands;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Outputs;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Sampling;
using OmniIoT.Edge.Settings;
using OmniIoT.Edge.Uplink;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Edge;

/// <summary>Why an agent's run ended.</summary>
public enum AgentOutcome
{
    Stopped,
    RestartRequested,
}

/// <summary>
/// One run of the agent: sensors → queue on disk → cloud; desired settings and commands back. The link may come and go:
/// sampling goes on, and what was queued follows in order.
/// </summary>
public sealed partial class Agent(AgentOptions options, TimeProvider time, Random random, ILogger logger)
{
    // More commands than that at once are none that a person sent; the server keeps what is not acknowledged.
    private const int PendingMessages = 256;
    private static readonly TimeSpan SessionExpiry = TimeSpan.FromDays(1);

    private readonly Channel<ReceivedMessage> _inbox = Channel.CreateBounded<ReceivedMessage>(PendingMessages);

    /// <summary>What sensors and outputs are opened on.</summary>
    internal Board Board { get; init; } = new(options.Sysfs, time);

    public static string Version => typeof(Agent).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Runs until cancelled or until a command asks for a restart.</summary>
    public async Task<AgentOutcome> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SensorSpec> specs = options.Sensors.Count > 0 ? options.Sensors : Discover();
        LogStarted(options, specs.Count, options.Outputs.Count);
        using ReadingQueue queue = new(options.QueuePath, options.Limits, time);
        if (queue.SetAside > 0)
            LogSetAside(options.QueuePath);
        ReadingSink sink = new(queue, logger);
        using OutputBank outputs = new(options.Outputs, Board, sink, time, logger);
        outputs.Start();
        LiveSettings settings = new(specs);
        SampledSensor[] sensors = specs.Select(spec => new SampledSensor(spec, Board.Open(spec), sink, time, logger)).ToArray();
        Sampler sampler = new(sensors, sink, settings, time);
        await using MqttClient client = CreateClient();
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        CommandHandler handler = new(options, sampler, queue, outputs);
        UplinkSender sender = new(client, queue, sink.Queued, options.DeviceId, time, logger);
        client.Start();
        Task[] loops =
        [
            sampler.RunAsync(ending.Token),
            sender.RunAsync(ending.Token),
            ServeAsync(client, handler, new DesiredProperties(settings, outputs), specs, ending.Token),
        ];
        Task first = await Task.WhenAny(loops);
        await ending.CancelAsync();
        await Task.WhenAll(loops)
            .ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        // Before the queue closes: what a sensor says by itself goes there.
        foreach (SampledSensor? sensor in sensors)
            sensor.Dispose();
        if (first.IsFaulted)
            await first;
        return handler.IsRestartRequested ? AgentOutcome.RestartRequested : AgentOutcome.Stopped;
    }

    private MqttClient CreateClient()
    {
        MqttClient client = new(
            new MqttClientOptions
            {
                Host = options.Host,
                Port = options.Port,
                Tls = options.Tls ? new MqttTlsOptions() : null,
                ClientId = $"edge-{options.DeviceId}",
                UserName = options.DeviceId,
                Password = Encoding.UTF8.GetBytes(options.Secret),
                // Commands sent while the link is down wait in the session.
                CleanStart = false,
                SessionExpiryInterval = SessionExpiry,
            },
            time,
            random
        )
        {
            // Taken out of the receive loop, which must go on reading while an answer is being published.
            MessageHandler = (message, cancellationToken) => _inbox.Writer.WriteAsync(message, cancellationToken),
        };
        client.Connected += _ => LogConnected(options.Host, options.Port);
        client.Disconnected += loss => LogDisconnected(loss.Error?.Message ?? loss.Reason?.ToString() ?? "closed");
        client.ConnectFailed += failure => LogConnectFailed(failure.Message);
        return client;
    }

    private IReadOnlyList<SensorSpec> Discover() => [.. Board.Discover().Select(spec => spec with { Every = options.SamplingInterval })];

    private async Task ServeAsync(
        MqttClient client,
        CommandHandler handler,
        DesiredProperties properties,
        IReadOnlyList<SensorSpec> specs,
        CancellationToken cancellationToken
    )
    {
        await SubscribeAsync(client, cancellationToken);
        JsonObject reported = properties.ToReported();
        reported["agentVersion"] = Version;
        reported["sensors"] = new JsonArray([.. specs.Select(spec => (JsonNode)spec.Id)]);
        await ReportAsync(client, reported, cancellationToken);
        await foreach (ReceivedMessage message in _inbox.Reader.ReadAllAsync(cancellationToken))
        {
            if (message.Topic.EndsWith("/twin/desired", StringComparison.Ordinal))
                await ApplyAsync(client, properties, message.Payload, cancellationToken);
            else
                await AnswerAsync(client, handler, properties, message, cancellationToken);
            if (handler.IsRestartRequested)
                return;
        }
    }

    private async Task SubscribeAsync(MqttClient client, CancellationToken cancellationToken)
    {
        string root = PlatformTopics.Root(options.DeviceId);
        foreach (string? filter in new[] { $"{root}twin/desired", $"{root}commands/+/request" })
        {
            while (!await TrySubscribeAsync(client, filter, cancellationToken))
                await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    private async Task<bool> TrySubscribeAsync(MqttClient client, string filter, CancellationToken cancellationToken)
    {
        if (!client.IsConnected)
            return false;
        try
        {
            ReasonCode reason = await client.SubscribeAsync(filter, QualityOfService.AtLeastOnce, cancellationToken);
            if (reason.IsFailure())
                LogSubscriptionRefused(filter, reason);
            return true;
        }
        catch (MqttClientException)
        {
            return false;
        }
    }

    private async Task ApplyAsync(
        MqttClient client,
        DesiredProperties properties,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (JsonNode.Parse(payload.Span) is not JsonObject twin || twin["desired"] is not JsonObject desired)
                return;
            JsonObject reported = properties.Apply(desired);
            reported["desiredVersion"] = twin["version"]?.DeepClone();
            await ReportAsync(client, reported, cancellationToken);
        }
        catch (JsonException failure)
        {
            LogNotUnderstood(failure.Message);
        }
    }

    private async Task AnswerAsync(
        MqttClient client,
        CommandHandler handler,
        DesiredProperties properties,
        ReceivedMessage message,
        CancellationToken cancellationToken
    )
    {
        if (AgentCommand.Parse(message.Topic, message.Payload.Span) is not { } command)
        {
            LogNotUnderstood(message.Topic);
            return;
        }
        if (command.ExpiresAt is { } expiry && Instant.FromTime(time.GetUtcNow()) > expiry)
            return;
        LogCommand(command.Name, command.Id);
        string response = handler.Execute(command).ToJsonString();
        await client.PublishAsync(
            $"devices/{options.DeviceId}/commands/{command.Id}/response",
            Encoding.UTF8.GetBytes(response),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );
        if (command.Name == CommandHandler.Output)
            await ReportAsync(client, properties.ToReported(), cancellationToken);
    }

    private Task<ReasonCode> ReportAsync(MqttClient client, JsonObject reported, CancellationToken cancellationToken) =>
        client.PublishAsync(
            $"devices/{options.DeviceId}/twin/reported",
            Encoding.UTF8.GetBytes(reported.ToJsonString()),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );

    [LoggerMessage(20, LogLevel.Information, "Agent {Options}, {Sensors} sensors, {Outputs} outputs")]
    private partial void LogStarted(AgentOptions options, int sensors, int outputs);

    [LoggerMessage(21, LogLevel.Information, "Connected to {Host}:{Port}")]
    private partial void LogConnected(string host, int port);

    [LoggerMessage(22, LogLevel.Warning, "The link is down: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(23, LogLevel.Warning, "No link yet: {Reason}")]
    private partial void LogConnectFailed(string reason);

    [LoggerMessage(24, LogLevel.Error, "The queue {Path} was corrupt; it is set aside with the ending .corrupt and a new one begun")]
    private partial void LogSetAside(string path);

    [LoggerMessage(25, LogLevel.Information, "Command {Name} ({Id})")]
    private partial void LogCommand(string name, string id);

    [LoggerMessage(26, LogLevel.Warning, "Not understood: {What}")]
    private partial void LogNotUnderstood(string what);

    [LoggerMessage(27, LogLevel.Error, "The cloud refused the subscription to {Filter}: {Reason}")]
    private partial void LogSubscriptionRefused(string filter, ReasonCode reason);
}
