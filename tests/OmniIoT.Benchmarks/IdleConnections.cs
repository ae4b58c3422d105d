using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators;
using OmniIoT.Simulators.Api;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>What connections cost that say nothing: memory of the server for each, and its CPU while all are held.</summary>
internal static class IdleConnections
{
    private const string ApiKey = "benchmark-key-of-one-run";
    private const int Devices = 100;
    private const int AtOnce = 100;

    /// <summary>Longer than the run: no connection has to ping.</summary>
    private const ushort KeepAliveSeconds = 3000;

    public static async Task<int> RunAsync(int connections, TimeSpan held, string repository, CancellationToken cancellationToken)
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return 1;
        await using (ServerUnderLoad host = await ServerUnderLoad.StartHostAsync(hostDll, ApiKey))
        {
            OmniApi api = new(new HostAddress("127.0.0.1", host.MqttPort, new Uri($"http://127.0.0.1:{host.HttpPort}/"), ApiKey));
            IReadOnlyList<string> secrets = await LoadSeed.PrepareAsync(api, first: 0, Devices, cancellationToken);
            await MeasureAsync(
                "OmniIoT",
                host,
                connections,
                held,
                index => (LoadSeed.DeviceId(index % Devices), secrets[index % Devices]),
                cancellationToken
            );
        }
        await using ServerUnderLoad? mosquitto = await ServerUnderLoad.TryStartMosquittoAsync();
        if (mosquitto is not null)
            await MeasureAsync("mosquitto", mosquitto, connections, held, _ => (null, null), cancellationToken);
        return 0;
    }

    /// <summary>A few hundred come and go first: what the server needs once is not counted for each.</summary>
    private static async Task MeasureAsync(
        string name,
        ServerUnderLoad server,
        int connections,
        TimeSpan held,
        Func<int, (string?, string?)> credentials,
        CancellationToken cancellationToken
    )
    {
        foreach (Socket socket in await OpenAsync(server.MqttPort, 500, credentials, cancellationToken))
            socket.Dispose();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        ProcessUsage before = ProcessUsage.Read(server.ProcessId)!;
        List<Socket> sockets = await OpenAsync(server.MqttPort, connections, credentials, cancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System, cancellationToken);
        ProcessUsage open = ProcessUsage.Read(server.ProcessId)!;
        await Task.Delay(held, TimeProvider.System, cancellationToken);
        ProcessUsage after = ProcessUsage.Read(server.ProcessId)!;
        Console.WriteLine(name);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                  connections held         {connections, 10:N0} for {held.TotalSeconds:F0} s
                  memory per connection    {(open.ResidentBytes - before.ResidentBytes) / 1024.0 / connections, 10:F2} KiB, later {(
                    after.ResidentBytes - before.ResidentBytes
                )
                    / 1024.0
                    / connections:F2} KiB
                  memory in all            {after.ResidentBytes / 1e6, 10:F0} MB
                  CPU while held           {(after.Cpu - open.Cpu) / held, 10:P2} of a core
                """
            )
        );
        foreach (Socket socket in sockets)
            socket.Dispose();
    }

    private static async Task<List<Socket>> OpenAsync(
        int port,
        int connections,
        Func<int, (string?, string?)> credentials,
        CancellationToken cancellationToken
    )
    {
        List<Socket> sockets = [];
        foreach (int[] chunk in Enumerable.Range(0, connections).Chunk(AtOnce))
            sockets.AddRange(await Task.WhenAll(chunk.Select(index => OpenAsync(port, index, credentials(index), cancellationToken))));
        return sockets;
    }

    private static async Task<Socket> OpenAsync(
        int port,
        int index,
        (string? User, string? Secret) credentials,
        CancellationToken cancellationToken
    )
    {
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        ArrayBufferWriter<byte> connect = new();
        new ConnectPacket(ProtocolVersion.V311, $"idle-{index}")
        {
            KeepAliveSeconds = KeepAliveSeconds,
            UserName = credentials.User,
            // Typed: a null array would turn into an empty password, not into none.
            Password = credentials.Secret is null ? default(ReadOnlyMemory<byte>?) : Encoding.UTF8.GetBytes(credentials.Secret),
        }.Encode(connect);
        await socket.SendAsync(connect.WrittenMemory, SocketFlags.None, cancellationToken);
        byte[] answer = new byte[4];
        if (await socket.ReceiveAsync(answer, SocketFlags.None, cancellationToken) < answer.Length || answer[3] != 0)
            throw new InvalidOperationException("A connection was refused.");
        return socket;
    }
}
