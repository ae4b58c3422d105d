using System.Net;
using System.Text;
using System.Threading.Channels;
using OmniIoT.Dialects.Sparkplug.Payloads;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Sparkplug;

/// <summary>
/// A node that says exactly what a test wants, right or wrong. It publishes with QoS 1, so that what it said is durable when its
/// methods return.
/// </summary>
public sealed class HandMadeNode : IAsyncDisposable
{
    private readonly MqttClient _client;
    private readonly Channel<ReceivedMessage> _received = Channel.CreateUnbounded<ReceivedMessage>();

    private HandMadeNode(MqttClientOptions options)
    {
        Id = options.UserName!;
        _client = new MqttClient(options, TimeProvider.System, new Random(1)) { MessageHandler = _received.Writer.WriteAsync };
    }

    /// <summary>Of the device that it signs in as, and what it calls itself.</summary>
    public string Id { get; }

    /// <summary>The next number of its sequence.</summary>
    public byte Sequence { get; set; }

    public static ulong NowMilliseconds => (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public static async Task<HandMadeNode> ConnectAsync(int port, string id, string secret)
    {
        HandMadeNode node = new(
            new MqttClientOptions
            {
                Host = IPAddress.Loopback.ToString(),
                Port = port,
                Version = ProtocolVersion.V5,
                ClientId = id,
                UserName = id,
                Password = Encoding.UTF8.GetBytes(secret),
                Reconnect = false,
            }
        );
        await node._client.ConnectAsync();
        await node._client.SubscribeAsync($"spBv1.0/plant/NCMD/{id}/#");
        await node._client.SubscribeAsync($"spBv1.0/plant/DCMD/{id}/#");
        return node;
    }

    public static SparkplugMetric Number(string? name, double value, ulong? alias = null) =>
        new()
        {
            Name = name,
            Alias = alias,
            DataType = MetricDataType.Double,
            Value = WireValue.Of(WireField.Double, BitConverter.DoubleToUInt64Bits(value)),
        };

    public static SparkplugMetric BirthDeathSequence(ulong number) =>
        new()
        {
            Name = SparkplugPayload.BirthDeathSequenceName,
            DataType = MetricDataType.UInt64,
            Value = WireValue.Of(WireField.Long, number),
        };

    public Task<ReasonCode> SubscribeAsync(string filter) => _client.SubscribeAsync(filter);

    /// <summary>An NBIRTH, which begins the sequence at 0 unless told otherwise.</summary>
    public Task<ReasonCode> BirthAsync(ulong birthDeathSequence = 0, params SparkplugMetric[] metrics)
    {
        Sequence = 0;
        return SayAsync("NBIRTH", null, [BirthDeathSequence(birthDeathSequence), .. metrics]);
    }

    /// <summary>A death carries no number of the sequence.</summary>
    public Task<ReasonCode> DeathAsync(ulong birthDeathSequence) =>
        SendAsync("NDEATH", null, new SparkplugPayload { Metrics = [BirthDeathSequence(birthDeathSequence)] });

    /// <summary>A message of the sequence.</summary>
    public Task<ReasonCode> SayAsync(string type, string? device, params SparkplugMetric[] metrics) =>
        SendAsync(
            type,
            device,
            new SparkplugPayload
            {
                Timestamp = NowMilliseconds,
                Sequence = Sequence++,
                Metrics = metrics,
            }
        );

    public Task<ReasonCode> SendAsync(string type, string? device, SparkplugPayload payload) =>
        SendAsync(type, device, PayloadWriter.Write(payload));

    public Task<ReasonCode> SendAsync(string type, string? device, byte[] payload)
    {
        string topic = $"spBv1.0/plant/{type}/{Id}{(device is null ? "" : "/" + device)}";
        return Awaited.Within(_client.PublishAsync(topic, payload, QualityOfService.AtLeastOnce), "acknowledgement on " + topic);
    }

    /// <summary>The next message that comes down.</summary>
    public Task<ReceivedMessage> ReceiveAsync(string what) => Awaited.Within(_received.Reader.ReadAsync().AsTask(), what);

    /// <summary>The next message is a request for births.</summary>
    public async Task AskedForRebirthAsync()
    {
        ReceivedMessage message = await ReceiveAsync("request for a rebirth");
        Assert.Equal($"spBv1.0/plant/NCMD/{Id}", message.Topic);
        Assert.True(PayloadReader.TryRead(message.Payload.Span, out SparkplugPayload? payload, out _));
        Assert.Equal(
            ("Node Control/Rebirth", MetricDataType.Boolean, 1UL),
            (payload.Metrics[0].Name, payload.Metrics[0].DataType, payload.Metrics[0].Value.Bits)
        );
    }

    /// <summary>Nothing has come down, once the host has answered what it was asked last.</summary>
    public void WasAskedNothing() => Assert.False(_received.Reader.TryPeek(out ReceivedMessage? message), $"{message?.Topic} came down.");

    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
