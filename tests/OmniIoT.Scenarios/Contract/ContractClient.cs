using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Contract;

/// <summary>A device or a customer's app on its connection.</summary>
public sealed class ContractClient : IAsyncDisposable
{
    private readonly MqttClient _client;
    private readonly Channel<ReceivedMessage> _received = Channel.CreateUnbounded<ReceivedMessage>();
    private readonly TaskCompletionSource<ConnectionLoss> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ContractClient(MqttClientOptions options, string id)
    {
        Id = id;
        _client = new MqttClient(options, TimeProvider.System, new Random(1)) { MessageHandler = _received.Writer.WriteAsync };
        _client.Disconnected += loss => _lost.TrySetResult(loss);
    }

    /// <summary>Of the device or the customer.</summary>
    public string Id { get; }

    public Task<ConnectionLoss> LostAsync() => Awaited.Within(_lost.Task, $"end of the connection of {Id}");

    public Task ConnectAsync() => _client.ConnectAsync();

    public Task<ReasonCode> SubscribeAsync(string filter) => _client.SubscribeAsync(filter);

    /// <summary>Publishes with QoS 1 and returns the reason of the acknowledgement.</summary>
    public Task<ReasonCode> PublishAsync(string topic, string payload) => PublishAsync(topic, Encoding.UTF8.GetBytes(payload));

    public Task<ReasonCode> PublishAsync(string topic, byte[] payload) =>
        Awaited.Within(_client.PublishAsync(topic, payload, QualityOfService.AtLeastOnce), "acknowledgement on " + topic);

    /// <summary>Publishes with QoS 0: nothing comes back.</summary>
    public Task PublishUnconfirmedAsync(string topic, string payload) => _client.PublishAsync(topic, Encoding.UTF8.GetBytes(payload));

    /// <summary>Publishes one reading of a metric, measured then.</summary>
    public async Task MeasureAsync(long atMilliseconds, double value, string metric = "temperature")
    {
        string payload = string.Create(CultureInfo.InvariantCulture, $$"""{"ts":{{atMilliseconds}},"values":{"{{metric}}":{{value}} } }""");
        Assert.Equal(ReasonCode.Success, await PublishAsync($"devices/{Id}/telemetry", payload));
    }

    /// <summary>Publishes where a customer's phone is.</summary>
    public async Task LocateAsync(long atMilliseconds, double latitude, double longitude, double accuracyMeters = 5)
    {
        string payload = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"ts":{{atMilliseconds}},"lat":{{latitude}},"lon":{{longitude}},"accuracy":{{accuracyMeters}}}"""
        );
        Assert.Equal(ReasonCode.Success, await PublishAsync($"customers/{Id}/location", payload));
    }

    public async Task<(string Topic, JsonNode Payload, bool Retain)> ReceiveAsync(string what)
    {
        ReceivedMessage message = await Awaited.Within(_received.Reader.ReadAsync().AsTask(), what);
        return (message.Topic, JsonNode.Parse(message.Payload.Span)!, message.Retain);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
