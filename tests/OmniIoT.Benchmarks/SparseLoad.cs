using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Grains;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Simulators;
using OmniIoT.Storage.Sqlite;
using OmniIoT.Telemetry.Sqlite;

namespace OmniIoT.Benchmarks;

/// <summary>
/// Many devices that each say little: every message is another device's, so that nothing is shared but the commit. Drives the grains
/// and the embedded stores in this process, from where the gateway hands over what it read; sockets are left out.
/// </summary>
internal static class SparseLoad
{
    /// <summary>Messages under way: what some thousand connections have between a commit and the next.</summary>
    private const int UnderWay = 4096;

    public static async Task<int> RunAsync(
        int devices,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        string directory = Directory.CreateTempSubdirectory("omniiot-sparse-").FullName;
        try
        {
            using IHost host = Build(directory);
            await host.StartAsync(cancellationToken);
            long before = MemoryNow();
            await RegisterAsync(host, devices, cancellationToken);
            using Driver driver = new(host.Services.GetRequiredService<IIngress>(), devices);
            await driver.RunAsync(devices, Timeout.InfiniteTimeSpan, cancellationToken);
            double bytesEach = (double)(MemoryNow() - before) / devices;
            await driver.RunAsync(long.MaxValue, TimeSpan.FromSeconds(3), cancellationToken);
            TimeSpan cpu = Environment.CpuUsage.TotalTime;
            long allocated = GC.GetTotalAllocatedBytes();
            (long messages, TimeSpan elapsed) = await driver.RunAsync(
                long.MaxValue,
                duration,
                cancellationToken
            );
            cpu = Environment.CpuUsage.TotalTime - cpu;
            allocated = GC.GetTotalAllocatedBytes() - allocated;
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{devices} devices, each message another's: {messages / elapsed.TotalSeconds:N0} /s, {cpu.TotalMicroseconds / messages:F1} µs of CPU and {(double)allocated / messages:N0} bytes allocated a message; {bytesEach:N0} bytes a device in memory"
                )
            );
            await host.StopAsync(CancellationToken.None);
            return 0;
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static IHost Build(string directory)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddSingleton<IFenceReader, NoFences>();
        builder.Services.AddSingleton<IDownlinkPublisher, NoDownlinks>();
        builder.Services.AddSqliteStore(new SqliteStoreOptions { Directory = directory });
        builder.Services.AddSqliteTelemetry(new SqliteTelemetryOptions { Directory = directory });
        builder.Services.AddGrains(new GrainsOptions());
        return builder.Build();
    }

    private static async Task RegisterAsync(
        IHost host,
        int devices,
        CancellationToken cancellationToken
    )
    {
        CommitUnit unit = new()
        {
            Effects =
            {
                new PutDocument(
                    DocumentKind.Model,
                    LoadSeed.ModelId,
                    Encoding.UTF8.GetBytes(LoadSeed.Model)
                ),
            },
        };
        await host.Services.GetRequiredService<ICommitter>().CommitAsync(unit);
        await host
            .Services.GetRequiredService<ICatalog>()
            .RefreshAsync(DocumentKind.Model, LoadSeed.ModelId, cancellationToken);
        IGrains grains = host.Services.GetRequiredService<IGrains>();
        foreach (int[] some in Enumerable.Range(0, devices).Chunk(1000))
        {
            await Task.WhenAll(
                some.Select(index =>
                    grains
                        .Device(LoadSeed.DeviceId(index))
                        .RegisterAsync(
                            new RegisterDevice(LoadSeed.ModelId, null, null, null, SignsIn: false)
                        )
                )
            );
        }
    }

    private static long MemoryNow()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private sealed class NoFences : IFenceReader
    {
        public Fence? Read(string id, ReadOnlySpan<byte> json) => null;
    }

    private sealed class NoDownlinks : IDownlinkPublisher
    {
        public ValueTask<int> PublishAsync(
            Downlink downlink,
            CancellationToken cancellationToken
        ) => ValueTask.FromResult(0);

        public ValueTask DisconnectAsync(EntityId principal, string reason) =>
            ValueTask.CompletedTask;
    }

    /// <summary>Stands where the gateway stands: batches of one message, handed on and taken back.</summary>
    private sealed class Driver(IIngress ingress, int devices) : IInboundSource, IDisposable
    {
        private readonly ConcurrentBag<InboundBatch> _spare = [];
        private readonly SemaphoreSlim _room = new(UnderWay);
        private readonly EntityId[] _ids =
        [
            .. Enumerable
                .Range(0, devices)
                .Select(index => EntityId.Device(LoadSeed.DeviceId(index))),
        ];
        private readonly byte[][] _topics =
        [
            .. Enumerable
                .Range(0, devices)
                .Select(index =>
                    Encoding.UTF8.GetBytes($"devices/{LoadSeed.DeviceId(index)}/telemetry")
                ),
        ];
        private long _sequence = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1000;
        private int _next;

        public async Task<(long Messages, TimeSpan Elapsed)> RunAsync(
            long count,
            TimeSpan duration,
            CancellationToken cancellationToken
        )
        {
            long started = TimeProvider.System.GetTimestamp();
            long sent = 0;
            while (
                sent < count
                && (
                    duration == Timeout.InfiniteTimeSpan
                    || TimeProvider.System.GetElapsedTime(started) < duration
                )
            )
            {
                await _room.WaitAsync(cancellationToken);
                await ingress.SubmitAsync(Fill(), cancellationToken);
                sent++;
            }
            for (int i = 0; i < UnderWay; i++)
                await _room.WaitAsync(cancellationToken);
            _room.Release(UnderWay);
            return (sent, TimeProvider.System.GetElapsedTime(started));
        }

        public void Committed(InboundBatch batch)
        {
            batch.Release();
            _spare.Add(batch);
            _room.Release();
        }

        public void Dispose() => _room.Dispose();

        private InboundBatch Fill()
        {
            InboundBatch batch = _spare.TryTake(out InboundBatch? spare)
                ? spare
                : new InboundBatch();
            Instant now = Instant.FromTime(TimeProvider.System.GetUtcNow());
            _next = (_next + 1) % devices;
            batch.Reset(_ids[_next], this, now);
            Span<byte> payload = stackalloc byte[256];
            Encoding.UTF8.TryGetBytes(
                $$$"""{"ts":{{{now.UnixMilliseconds}}},"seq":{{{_sequence++}}},"values":{"temperature":64.{{{_next % 100}}},"vibration":2.{{{_next % 97}}},"current":11.7,"pressure":101.3,"humidity":41.5,"speed":1180,"door":"closed"}}""",
                payload,
                out int length
            );
            batch.Add(_topics[_next], payload[..length], qos: 1, packetIdentifier: 1);
            return batch;
        }
    }
}
