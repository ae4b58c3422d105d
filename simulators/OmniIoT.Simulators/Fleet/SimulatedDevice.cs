using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators.Physics;

namespace OmniIoT.Simulators.Fleet;

/// <summary>
/// A product on the network: its physics runs in real time, it reports by MQTT, applies desired settings and answers
/// commands. A lost link is taken up again by the client; what happened meanwhile to the product is not made up.
/// </summary>
public sealed class SimulatedDevice : IAsyncDisposable
{
    private const int PendingMessages = 64;

    /// <summary>Readings of a message of what comes late: some 100 kB.</summary>
    private const int BacklogAtOnce = 1_000;

    private readonly HostAddress _host;
    private readonly TimeProvider _time;
    private readonly RunCounters _counters;
    private readonly MqttClient _client;
    private readonly Channel<ReceivedMessage> _inbox = Channel.CreateBounded<ReceivedMessage>(PendingMessages);
    private readonly TelemetryEncoder _encoder = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private long _sequence;
    private long _advancedAt;

    public SimulatedDevice(
        HostAddress host,
        string id,
        string secret,
        Product product,
        RunCounters counters,
        TimeProvider time,
        Random random
    )
    {
        (_host, Id, Product, _counters, _time) = (host, id, product, counters, time);
        _client = MqttSignIn.Create(host, $"product-{id}", id, secret, time, random);
        _client.MessageHandler = (message, cancellationToken) => _inbox.Writer.WriteAsync(message, cancellationToken);
        // Microseconds since 1970: above every number of an earlier run.
        _sequence = time.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        _advancedAt = time.GetTimestamp();
    }

    public string Id { get; }

    /// <summary>Touch it only through <see cref="ChangeAsync"/> while the device runs.</summary>
    public Product Product { get; }

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        string root = PlatformTopics.Root(Id);
        await MqttSignIn.ConnectAsync(_client, _host, [$"{root}twin/desired", $"{root}commands/+/request"], cancellationToken);
    }

    /// <summary>Reports until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await PublishAsync("twin/reported", Product.Reported, cancellationToken);
        await Together.RunAsync([ReportAsync, ServeAsync], cancellationToken);
    }

    /// <summary>Lets something happen to the product, between two of its steps.</summary>
    public async Task ChangeAsync(Action<Product> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            change(Product);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Sends what the product measured over the last <paramref name="span"/>, a reading each second, as one that was
    /// out of reach does when it comes back. Before <see cref="RunAsync"/>: behind newer messages it would come late.
    /// </summary>
    public Task SendBacklogAsync(TimeSpan span, CancellationToken cancellationToken) =>
        SendBacklogAsync(span, TimeSpan.Zero, TimeSpan.FromSeconds(1), cancellationToken);

    /// <inheritdoc cref="SendBacklogAsync(TimeSpan, CancellationToken)"/>
    /// <param name="from">How long ago it begins.</param>
    /// <param name="to">How long ago it ends.</param>
    /// <param name="step">From reading to reading.</param>
    public async Task SendBacklogAsync(TimeSpan from, TimeSpan to, TimeSpan step, CancellationToken cancellationToken)
    {
        Instant begin = Instant.FromTime(_time.GetUtcNow()) - from;
        int readings = (int)((from - to) / step);
        for (int first = 0; first < readings; first += BacklogAtOnce)
            await PublishAsync(
                "telemetry",
                _encoder.Many(Measured(begin, step, first..Math.Min(readings, first + BacklogAtOnce))),
                cancellationToken
            );
        _advancedAt = _time.GetTimestamp();
    }

    /// <summary>Time passes for the product from one to the next; each is to be written before the next is asked for.</summary>
    private IEnumerable<(Instant, long, Action<Utf8JsonWriter>)> Measured(Instant begin, TimeSpan step, Range numbers)
    {
        for (int number = numbers.Start.Value; number < numbers.End.Value; number++)
        {
            Product.Advance(step);
            yield return (begin + (number * step), ++_sequence, Product.WriteValues);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _turn.Dispose();
    }

    private async Task ReportAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            ReadOnlyMemory<byte> payload = default;
            ProductEvent? happened = null;
            await ChangeAsync(
                product =>
                {
                    product.Advance(_time.GetElapsedTime(_advancedAt));
                    _advancedAt = _time.GetTimestamp();
                    payload = _encoder.One(Instant.FromTime(_time.GetUtcNow()), ++_sequence, product.WriteValues);
                    happened = product.TakeEvent();
                },
                cancellationToken
            );
            await PublishAsync("telemetry", payload, cancellationToken);
            if (happened is not null)
                await PublishAsync(happened, cancellationToken);
            await Task.Delay(Product.ReportInterval, _time, cancellationToken);
        }
    }

    private async Task ServeAsync(CancellationToken cancellationToken)
    {
        await foreach (ReceivedMessage message in _inbox.Reader.ReadAllAsync(cancellationToken))
        {
            try
            {
                if (JsonNode.Parse(message.Payload.Span) is JsonObject body)
                    await ServeAsync(message.Topic, body, cancellationToken);
            }
            catch (JsonException)
            {
                // A product has nobody to complain to: what it does not understand, it leaves.
            }
        }
    }

    private async Task ServeAsync(string topic, JsonObject body, CancellationToken cancellationToken)
    {
        if (topic.EndsWith("/twin/desired", StringComparison.Ordinal))
        {
            bool changed = false;
            await ChangeAsync(product => changed = body["desired"] is JsonObject desired && product.Apply(desired), cancellationToken);
            if (changed)
                await PublishAsync("twin/reported", Product.Reported, cancellationToken);
            return;
        }
        CommandOutcome outcome = new("The command has no name.");
        await ChangeAsync(product => outcome = Execute(product, body), cancellationToken);
        _counters.CountCommand();
        JsonObject response = outcome.Error is { } error
            ? new() { ["status"] = "failed", ["error"] = error }
            : new() { ["status"] = "succeeded" };
        await PublishAsync(
            topic[PlatformTopics.Root(Id).Length..].Replace("/request", "/response", StringComparison.Ordinal),
            response,
            cancellationToken
        );
    }

    private static CommandOutcome Execute(Product product, JsonObject body) =>
        (string?)body["name"] is { } name
            ? product.Execute(name, JsonSerializer.SerializeToElement(body["arguments"]))
            : new CommandOutcome("The command has no name.");

    private Task PublishAsync(ProductEvent happened, CancellationToken cancellationToken) =>
        PublishAsync(
            "events",
            new JsonObject
            {
                ["ts"] = Instant.FromTime(_time.GetUtcNow()).ToString(),
                ["type"] = happened.Type,
                ["code"] = happened.Code,
                ["message"] = happened.Message,
            },
            cancellationToken
        );

    private Task PublishAsync(string topic, JsonObject body, CancellationToken cancellationToken) =>
        PublishAsync(topic, Encoding.UTF8.GetBytes(body.ToJsonString()), cancellationToken);

    private async Task PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken)
    {
        ReasonCode reason = await _client.PublishAsync(
            PlatformTopics.Root(Id) + topic,
            payload,
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );
        _counters.CountAcknowledged(reason.IsFailure());
    }
}
