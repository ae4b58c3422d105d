using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Benchmarks;

/// <summary>
/// How long the devices of a process that is killed, or hangs, wait until another has taken what they say, and until the twin of a
/// device that does not come back shows it.
/// </summary>
internal static class FailoverTimes
{
    private const int Rounds = 3;
    private const string Returning = "failover-returning";
    private const string Absent = "failover-absent";
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(string hostDll, string apiKey, ClusterSettings settings, CancellationToken cancellationToken)
    {
        foreach (string signal in (string[])["KILL", "STOP"])
        {
            for (int round = 0; round < Rounds; round++)
            {
                using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(Limit);
                (TimeSpan acknowledged, TimeSpan shown) = await MeasureAsync(hostDll, apiKey, settings, signal, limit.Token);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"SIG{signal} of one of three: a device that is back acknowledged after {acknowledged.TotalSeconds:F2} s, one that stays away shown after {shown.TotalSeconds:F2} s"
                    )
                );
            }
        }
    }

    private static async Task<(TimeSpan Acknowledged, TimeSpan Shown)> MeasureAsync(
        string hostDll,
        string apiKey,
        ClusterSettings settings,
        string signal,
        CancellationToken cancellationToken
    )
    {
        const int processes = 3;
        await using ClusterUnderLoad cluster = await ClusterUnderLoad.StartAsync(hostDll, apiKey, settings, processes, cancellationToken);
        (ServerUnderLoad? lost, ServerUnderLoad? other) = (cluster.Servers[0], cluster.Servers[1]);
        using OmniApi api = new(other.Address(apiKey));
        await api.PutAsync("models/failover", """{ "metrics": { "temperature": {"unit": "Cel"} } }""", cancellationToken);
        Dictionary<string, string> secrets = new();
        foreach (string id in (string[])[Returning, Absent])
        {
            secrets[id] = await api.RegisterDeviceAsync(id, new() { ["model"] = "failover", ["name"] = id }, cancellationToken);
            await PublishAsync(lost, id, secrets[id], cancellationToken);
        }
        await using MqttClient stays = await ConnectAsync(lost, Absent, secrets[Absent], cancellationToken);
        await using MqttClient leaves = await ConnectAsync(lost, Returning, secrets[Returning], cancellationToken);
        await UntilConnectedIsAsync(api, value: true, cancellationToken);

        long start = TimeProvider.System.GetTimestamp();
        await lost.SignalAsync(signal);
        Task<TimeSpan> back = UntilAcknowledgedAsync(other, secrets[Returning], start, cancellationToken);
        await UntilConnectedIsAsync(api, value: false, cancellationToken);
        TimeSpan shown = TimeProvider.System.GetElapsedTime(start);
        return (await back, shown);
    }

    private static async Task<TimeSpan> UntilAcknowledgedAsync(
        ServerUnderLoad server,
        string secret,
        long start,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            try
            {
                await PublishAsync(server, Returning, secret, cancellationToken);
                return TimeProvider.System.GetElapsedTime(start);
            }
            catch (MqttClientException)
            {
                await Task.Delay(Pause, TimeProvider.System, cancellationToken); // Not yet: the device tries again, as devices do.
            }
        }
    }

    private static async Task UntilConnectedIsAsync(OmniApi api, bool value, CancellationToken cancellationToken)
    {
        while (await IsConnectedAsync(api, cancellationToken) != value)
            await Task.Delay(Pause, TimeProvider.System, cancellationToken);
    }

    private static async Task<bool?> IsConnectedAsync(OmniApi api, CancellationToken cancellationToken)
    {
        try
        {
            return (bool?)(await api.GetAsync($"devices/{Absent}/twin", cancellationToken))?["connected"];
        }
        catch (SimulationException)
        {
            return null; // Its grain was lost with the process.
        }
    }

    private static async Task PublishAsync(ServerUnderLoad server, string id, string secret, CancellationToken cancellationToken)
    {
        await using MqttClient client = await ConnectAsync(server, id, secret, cancellationToken);
        JsonObject reading = new() { ["values"] = new JsonObject { ["temperature"] = 21 } };
        await client.PublishAsync(
            $"devices/{id}/telemetry",
            Encoding.UTF8.GetBytes(reading.ToJsonString()),
            QualityOfService.AtLeastOnce,
            cancellationToken: cancellationToken
        );
        await client.DisconnectAsync(cancellationToken: cancellationToken);
    }

    private static async Task<MqttClient> ConnectAsync(
        ServerUnderLoad server,
        string id,
        string secret,
        CancellationToken cancellationToken
    )
    {
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = server.MqttPort,
            ClientId = id,
            UserName = id,
            Password = Encoding.UTF8.GetBytes(secret),
            Reconnect = false,
        };
        MqttClient client = new(options, TimeProvider.System, new Random(1));
        try
        {
            await client.ConnectAsync(cancellationToken);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }
}
