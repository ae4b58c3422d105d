using System.Diagnostics;
using System.Globalization;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Benchmarks;

/// <summary>
/// What publishing costs the client: ours and MQTTnet, QoS 1 over one connection with so many messages under way, against mosquitto.
/// The broker is a process of its own, so that the CPU of this one is the client's.
/// </summary>
internal static class ClientComparison
{
    private const string Topic = "devices/press-7/telemetry";
    private const int PayloadBytes = 200;
    private const int Window = 100;
    private const int WarmUpMessages = 50_000;

    public static async Task<int> RunAsync(int messages, CancellationToken cancellationToken)
    {
        await using ServerUnderLoad? broker = await ServerUnderLoad.TryStartMosquittoAsync();
        if (broker is null)
            return 1;
        double ours = await MeasureOursAsync(broker.MqttPort, messages, cancellationToken);
        await using MqttNetPublisher peer = await MqttNetPublisher.ConnectAsync(broker.MqttPort, cancellationToken);
        double theirs = await MeasureAsync("MQTTnet", payload => peer.PublishAsync(Topic, payload, cancellationToken), messages);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"MQTTnet / OmniIoT.Mqtt: {theirs / ours:F2}"));
        return 0;
    }

    private static async Task<double> MeasureOursAsync(int port, int messages, CancellationToken cancellationToken)
    {
        await using MqttClient client = new(
            new MqttClientOptions
            {
                Host = "127.0.0.1",
                Port = port,
                ClientId = "ours",
                Reconnect = false,
            },
            TimeProvider.System,
            new Random(1)
        );
        await client.ConnectAsync(cancellationToken);
        double cost = await MeasureAsync(
            "OmniIoT.Mqtt",
            payload => client.PublishAsync(Topic, payload, QualityOfService.AtLeastOnce, cancellationToken: cancellationToken),
            messages
        );
        await client.DisconnectAsync(cancellationToken: cancellationToken);
        return cost;
    }

    /// <returns>Microseconds of CPU per message.</returns>
    private static async Task<double> MeasureAsync(string name, Func<byte[], Task> publish, int messages)
    {
        await PublishAsync(publish, WarmUpMessages);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await PublishAsync(publish, messages);
        double cost = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / messages;
        double perSecond = messages / Stopwatch.GetElapsedTime(start).TotalSeconds;
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name, -14} {cost, 6:F2} µs of CPU per message, {perSecond, 9:N0} messages/s")
        );
        return cost;
    }

    private static Task PublishAsync(Func<byte[], Task> publish, int messages) =>
        Task.WhenAll(
            Enumerable
                .Range(0, Window)
                .Select(async _ =>
                {
                    byte[] payload = new byte[PayloadBytes];
                    for (int i = 0; i < messages / Window; i++)
                        await publish(payload);
                })
        );
}
