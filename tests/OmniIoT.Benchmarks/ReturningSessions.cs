using System.Globalization;
using System.Text.Json.Nodes;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>
/// All sessions come back at once after a restart of the host, each a device's of its own with a third-party client: whether each is
/// taken and found again, and has the command that was sent while it was away; how long that took and what it cost.
/// </summary>
internal sealed class ReturningSessions : IAsyncDisposable
{
    private const string ApiKey = "benchmark-key-of-one-run";
    private const string ModelId = "returning";
    private const int RequestsAtOnce = 50;

    /// <summary>For what is awaited of all of them together.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Of one sign-in: the last of many waits for those before it.</summary>
    private static readonly TimeSpan SignInLimit = TimeSpan.FromMinutes(2);

    private readonly string[] _secrets;
    private readonly IMqttClient[] _clients;
    private readonly TaskCompletionSource _allHeard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _heard;

    private ReturningSessions(int sessions) => (_secrets, _clients) = (new string[sessions], new IMqttClient[sessions]);

    public static async Task<int> RunAsync(int sessions, string repository, CancellationToken cancellationToken)
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return 1;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using ReturningSessions all = new(sessions);
        await using ServerUnderLoad before = await ServerUnderLoad.StartHostAsync(hostDll, ApiKey);
        await all.RegisterAsync(before, limit.Token);
        await all.SignInAllAsync(before, atOnce: 100, limit.Token);
        await all.SubscribeAsync(limit.Token);
        await using ServerUnderLoad after = await before.RestartAsync();
        await all.CommandAsync(after, limit.Token);
        limit.CancelAfter(Limit);
        return await all.ReturnAsync(after, limit.Token) ? 0 : 1;
    }

    public ValueTask DisposeAsync()
    {
        foreach (IMqttClient? client in _clients)
            client?.Dispose();
        return ValueTask.CompletedTask;
    }

    private Task RegisterAsync(ServerUnderLoad host, CancellationToken cancellationToken) =>
        AskAsync(
            host,
            async (api, index) =>
                _secrets[index] = await api.RegisterDeviceAsync(
                    LoadSeed.DeviceId(index),
                    new JsonObject { ["model"] = ModelId },
                    cancellationToken
                ),
            cancellationToken
        );

    private Task CommandAsync(ServerUnderLoad host, CancellationToken cancellationToken) =>
        AskAsync(
            host,
            (api, index) =>
                api.PostAsync(
                    $"devices/{LoadSeed.DeviceId(index)}/commands",
                    new JsonObject { ["name"] = "hello", ["timeoutSeconds"] = 3600 },
                    cancellationToken
                ),
            cancellationToken
        );

    private async Task AskAsync(ServerUnderLoad host, Func<OmniApi, int, Task> ask, CancellationToken cancellationToken)
    {
        using OmniApi api = new(host.Address(ApiKey));
        await api.PutAsync($"models/{ModelId}", """{ "metrics": {}, "commands": { "hello": {} } }""", cancellationToken);
        foreach (int[] some in Enumerable.Range(0, _clients.Length).Chunk(RequestsAtOnce))
            await Task.WhenAll(some.Select(index => ask(api, index)));
    }

    /// <returns>How many sessions the host knew.</returns>
    private async Task<int> SignInAllAsync(ServerUnderLoad host, int atOnce, CancellationToken cancellationToken)
    {
        int known = 0;
        foreach (int[] some in Enumerable.Range(0, _clients.Length).Chunk(atOnce))
            known += (await Task.WhenAll(some.Select(index => SignInAsync(host, index, cancellationToken)))).Count(isKnown => isKnown);
        return known;
    }

    private async Task<bool> SignInAsync(ServerUnderLoad host, int index, CancellationToken cancellationToken)
    {
        _clients[index]?.Dispose();
        IMqttClient client = _clients[index] = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += _ =>
        {
            if (Interlocked.Increment(ref _heard) == _clients.Length)
                _allHeard.TrySetResult();
            return Task.CompletedTask;
        };
        MqttClientConnectResult answer = await client.ConnectAsync(
            new MqttClientOptionsBuilder()
                .WithTcpServer("127.0.0.1", host.MqttPort)
                .WithClientId(LoadSeed.DeviceId(index))
                .WithCredentials(LoadSeed.DeviceId(index), _secrets[index])
                .WithProtocolVersion(MqttProtocolVersion.V311)
                .WithCleanSession(false)
                .WithKeepAlivePeriod(TimeSpan.FromMinutes(10))
                .WithTimeout(SignInLimit)
                .Build(),
            cancellationToken
        );
        return answer.IsSessionPresent;
    }

    private async Task SubscribeAsync(CancellationToken cancellationToken)
    {
        for (int index = 0; index < _clients.Length; index++)
            await _clients[index]
                .SubscribeAsync(
                    $"devices/{LoadSeed.DeviceId(index)}/commands/+/request",
                    MqttQualityOfServiceLevel.AtLeastOnce,
                    cancellationToken
                );
    }

    private async Task<bool> ReturnAsync(ServerUnderLoad host, CancellationToken cancellationToken)
    {
        TimeSpan cpu = ProcessUsage.Read(host.ProcessId)!.Cpu;
        long start = TimeProvider.System.GetTimestamp();
        int known = await SignInAllAsync(host, _clients.Length, cancellationToken);
        TimeSpan connected = TimeProvider.System.GetElapsedTime(start);
        bool allHeard = await Task.WhenAny(_allHeard.Task, Task.Delay(Limit, TimeProvider.System, cancellationToken)) == _allHeard.Task;
        TimeSpan heard = TimeProvider.System.GetElapsedTime(start);
        cpu = ProcessUsage.Read(host.ProcessId)!.Cpu - cpu;
        int there = _clients.Count(client => client.IsConnected);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                sessions back at once    {_clients.Length, 10:N0}
                connected                {there, 10:N0} after {connected.TotalSeconds:F1} s
                known from before        {known, 10:N0}
                commands meanwhile       {_heard, 10:N0} heard after {heard.TotalSeconds:F1} s
                CPU of the host          {cpu.TotalSeconds, 10:F1} s, {cpu.TotalMilliseconds / _clients.Length:F2} ms a session
                """
            )
        );
        return allHeard && there == _clients.Length && known == _clients.Length && _heard == _clients.Length;
    }
}
