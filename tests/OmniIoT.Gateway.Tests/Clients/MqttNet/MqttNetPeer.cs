using System.Threading.Channels;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace OmniIoT.Gateway.Tests.Clients.MqttNet;

/// <summary>What MQTTnet was handed.</summary>
internal sealed record Arrived(string Topic, string Payload, int Qos, bool Retain);

/// <summary>A client by MQTTnet that keeps what it receives.</summary>
internal sealed class MqttNetPeer : IDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<Arrived> _arrived = Channel.CreateUnbounded<Arrived>();
    private readonly MqttClientOptionsBuilder _options;

    private MqttNetPeer(MqttClientOptionsBuilder options)
    {
        _options = options;
        _client.ApplicationMessageReceivedAsync += told =>
        {
            MqttApplicationMessage message = told.ApplicationMessage;
            _arrived.Writer.TryWrite(
                new Arrived(message.Topic, message.ConvertPayloadToString(), (int)message.QualityOfServiceLevel, message.Retain)
            );
            return Task.CompletedTask;
        };
    }

    /// <summary>Whether the gateway still had its session.</summary>
    public bool IsSessionPresent { get; private set; }

    /// <summary>Connects and expects to be accepted.</summary>
    public static async Task<MqttNetPeer> ConnectAsync(
        GatewayHost host,
        MqttProtocolVersion version,
        string clientId,
        Action<MqttClientOptionsBuilder>? with = null
    )
    {
        MqttNetPeer peer = Create(host, version, clientId, with);
        Assert.Equal(MqttClientConnectResultCode.Success, await peer.TryConnectAsync());
        return peer;
    }

    public static MqttNetPeer Create(
        GatewayHost host,
        MqttProtocolVersion version,
        string clientId,
        Action<MqttClientOptionsBuilder>? with = null
    )
    {
        MqttClientOptionsBuilder options = new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", host.Port)
            .WithProtocolVersion(version)
            .WithClientId(clientId);
        with?.Invoke(options);
        return new MqttNetPeer(options);
    }

    public async Task<MqttClientConnectResultCode> TryConnectAsync()
    {
        MqttClientConnectResult result = await Within.LimitAsync(_client.ConnectAsync(_options.Build()));
        IsSessionPresent = result.IsSessionPresent;
        return result.ResultCode;
    }

    public Task SubscribeAsync(string filter, int qos) =>
        Within.LimitAsync(
            _client.SubscribeAsync(
                new MqttClientSubscribeOptionsBuilder()
                    .WithTopicFilter(it => it.WithTopic(filter).WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos))
                    .Build()
            )
        );

    /// <summary>Publishes and waits for the acknowledgement that its QoS has.</summary>
    public async Task<MqttClientPublishReasonCode> PublishAsync(string topic, string payload, int qos, bool retain = false) =>
        (
            await Within.LimitAsync(
                _client.PublishAsync(
                    new MqttApplicationMessageBuilder()
                        .WithTopic(topic)
                        .WithPayload(payload)
                        .WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos)
                        .WithRetainFlag(retain)
                        .Build()
                )
            )
        ).ReasonCode;

    public Task<Arrived> ReceiveAsync() => Within.LimitAsync(_arrived.Reader.ReadAsync().AsTask());

    public Task DisconnectAsync() => Within.LimitAsync(_client.DisconnectAsync());

    /// <summary>Closes the network connection without a word.</summary>
    public void Dispose() => _client.Dispose();
}
