using System.Buffers;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace OmniIoT.Benchmarks;

/// <summary>Publishes at QoS 1 by MQTTnet, over MQTT 5.0.</summary>
internal sealed class MqttNetPublisher : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();

    public static async Task<MqttNetPublisher> ConnectAsync(int port, CancellationToken cancellationToken)
    {
        MqttNetPublisher publisher = new();
        await publisher._client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("127.0.0.1", port)
                .WithClientId("theirs")
                .WithProtocolVersion(MqttProtocolVersion.V500)
                .Build(),
            cancellationToken
        );
        return publisher;
    }

    /// <summary>Returns once it is acknowledged.</summary>
    public Task PublishAsync(string topic, byte[] payload, CancellationToken cancellationToken) =>
        _client.PublishAsync(
            new MqttApplicationMessage
            {
                Topic = topic,
                Payload = new ReadOnlySequence<byte>(payload),
                QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
            },
            cancellationToken
        );

    public async ValueTask DisposeAsync()
    {
        await _client.DisconnectAsync();
        _client.Dispose();
    }
}
