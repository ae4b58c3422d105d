using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices.Topics;
using OmniIoT.Edge.Commands;
using OmniIoT.Edge.Downlink;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Local;
using OmniIoT.Edge.Outputs;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Rules;
using OmniIoT.Edge.Sampling;
using OmniIoT.Edge.Settings;
using OmniIoT.Edge.Updates;
using OmniIoT.Edge.Uplink;
using OmniIoT.Mqtt.Client;

namespace OmniIoT.Edge;

/// <summary>Why an agent's run ended.</summary>
public enum AgentOutcome
{
    Stopped,
    RestartRequested,

    /// <summary>Another version is on the disk, to be switched to.</summary>
    UpdateReady,
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

    // Of the five seconds that a stop may take: for what is being read, and then for the goodbye to the cloud.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    private static readonly Task[] None = [];

    private readonly Channel<ReceivedMessage> _inbox = Channel.CreateBounded<ReceivedMessage>(PendingMessages);

    /// <summary>What sensors and outputs are opened on.</summary>
    internal Board Board { get; init; } = new(options.Sysfs, time);

    /// <summary>Runs beside the agent from when its sensors are read, and must not end before it is asked to.</summary>
    internal Func<CancellationToken, Task> Started { get; init; } =
        cancellationToken => Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);

    public static string Version => typeof(Agent).Assembly.GetName().Version?.ToString(3) ?? "0.0.0";

    /// <summary>Runs until cancelled or until a command asks for a restart.</summary>
    public async Task<AgentOutcome> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<SensorSpec> specs = options.SensorsOn(Board);
        LogStarted(options, specs.Count, options.Outputs.Count);
        using ReadingQueue queue = OpenQueue();
        ReadingSink sink = new(queue, logger);
        using OutputBank outputs = new(options.Outputs, Board, sink, time, logger);
        await using MqttClient client = CreateClient();
        LinkState link = new(client);
        string topic = $"{PlatformTopics.Root(options.DeviceId)}telemetry";
        UplinkSender sender = new(client, link, queue, sink, new UplinkOptions(topic, options.BacklogPerSecond), time, logger);
        HealthReporter health = new(client, link, queue, topic, time, logger);
        outputs.Start();
        RuleNames names = options.Names(Board);
        using LocalRules rules = new(options.Rules ?? RuleBook.None(names), outputs, time, logger);
        sink.Added += rules.Observe;
        LiveSettings settings = new(specs);
        SampledSensor[] sensors = specs.Select(spec => new SampledSensor(spec, Board.Open(spec), sink, time, logger)).ToArray();
        Sampler sampler = new(sensors, sink, settings, time);
        CommandHandler handler = new(options, sampler, queue, outputs);
        Updater? updater = options.Updates is { } updates
            ? new(client, updates, PlatformTopics.TwinReported(options.DeviceId), time, logger)
            : null;
        DesiredProperties properties = new(settings, outputs, new DesiredRules(rules, names))
        {
            Updater = updater,
            Kept = new KeptDesired(options.QueueDirectory, logger),
        };
        properties.Restore();
        DownlinkServer downlink = new(client, _inbox.Reader, options.DeviceId, time, logger)
        {
            Handler = handler,
            Journal = new CommandJournal(options.QueueDirectory, logger),
            Properties = properties,
        };
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        client.Start();
        Task[] loops =
        [
            sampler.RunAsync(ending.Token),
            sender.RunAsync(ending.Token),
            health.RunAsync(ending.Token),
            downlink.RunAsync(Introduction(specs), ending.Token),
            Started(ending.Token),
            .. options.Local is { } local
                ? [new LocalListener(local, new(local.Map, sink, time), time, logger).RunAsync(ending.Token)]
                : None,
            .. updater is not null
                ? [updater.RunAsync(link, () => sensors.Length == 0 || sensors.Any(static sensor => sensor.WasRead), ending.Token)]
                : None,
        ];
        Task first = await Task.WhenAny(loops);
        await ending.CancelAsync();
        if (await HaveEndedAsync(loops))
        {
            // Before the queue closes: what a sensor says by itself goes there.
            foreach (SampledSensor sensor in sensors)
                sensor.Dispose();
        }
        // Before the client's goodbye, which may take its time.
        queue.Flush();
        if (first.IsFaulted)
            await first;
        return updater?.IsReady == true ? AgentOutcome.UpdateReady
            : handler.IsRestartRequested ? AgentOutcome.RestartRequested
            : AgentOutcome.Stopped;
    }

    private static JsonObject Introduction(IReadOnlyList<SensorSpec> specs) =>
        new()
        {
            ["agentVersion"] = Version,
            [Firmware.Property] = Slots.RunningVersion,
            ["sensors"] = new JsonArray([.. specs.Select(spec => (JsonNode)spec.Id)]),
        };

    /// <summary>Waits for them; false when one does not end, as a sensor's driver that hangs.</summary>
    private async Task<bool> HaveEndedAsync(Task[] loops)
    {
        Task ended = Task.WhenAll(loops);
        await Task.WhenAny(ended, Task.Delay(LongestEnd, time, CancellationToken.None));
        return ended.IsCompleted;
    }

    private ReadingQueue OpenQueue()
    {
        try
        {
            return new ReadingQueue(options.QueueDirectory, options.Limits, time, logger);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"queue:directory: '{options.QueueDirectory}' cannot be used: {failure.Message}");
        }
    }

    private MqttClient CreateClient()
    {
        MqttClient client = new(
            new MqttClientOptions
            {
                Host = options.Host,
                Port = options.Port,
                Tls = options.Tls,
                ClientId = $"edge-{options.DeviceId}",
                UserName = options.DeviceId,
                Password = Encoding.UTF8.GetBytes(options.Secret),
                // Commands sent while the link is down wait in the session.
                CleanStart = false,
                SessionExpiryInterval = SessionExpiry,
                DisconnectTimeout = LongestGoodbye,
                // When a command was carried out and written down; one that a killed agent had not comes again.
                AcknowledgeAutomatically = false,
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

    [LoggerMessage(20, LogLevel.Information, "Agent {Options}, {Sensors} sensors, {Outputs} outputs")]
    private partial void LogStarted(AgentOptions options, int sensors, int outputs);

    [LoggerMessage(21, LogLevel.Information, "Connected to {Host}:{Port}")]
    private partial void LogConnected(string host, int port);

    [LoggerMessage(22, LogLevel.Warning, "The link is down: {Reason}")]
    private partial void LogDisconnected(string reason);

    [LoggerMessage(23, LogLevel.Warning, "No link yet: {Reason}")]
    private partial void LogConnectFailed(string reason);
}
