using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Grains;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.Telemetry;
using OmniIoT.Simulators.Load;
using OmniIoT.Storage.Sqlite;
using OmniIoT.Telemetry.Sqlite;

namespace OmniIoT.Benchmarks;

/// <summary>The grains and the embedded stores in this process, without gateway; the data goes with it.</summary>
internal sealed class GrainsInProcess : IAsyncDisposable
{
    private readonly string _directory;
    private readonly IHost _host;

    private GrainsInProcess(string directory) => (_directory, _host) = (directory, Build(directory));

    public IIngress Ingress => _host.Services.GetRequiredService<IIngress>();

    /// <param name="model">In place of the load generator's.</param>
    public static async Task<GrainsInProcess> StartAsync(CancellationToken cancellationToken, string model = LoadSeed.Model)
    {
        GrainsInProcess process = new(Directory.CreateTempSubdirectory("omniiot-grains-").FullName);
        await process._host.StartAsync(cancellationToken);
        CommitUnit unit = new() { Effects = { new PutDocument(DocumentKind.Model, LoadSeed.ModelId, Encoding.UTF8.GetBytes(model)) } };
        await process._host.Services.GetRequiredService<ICommitter>().CommitAsync(unit);
        await process._host.Services.GetRequiredService<ICatalog>().RefreshAsync(DocumentKind.Model, LoadSeed.ModelId, cancellationToken);
        return process;
    }

    /// <summary>Registers devices of the load generator's model, so that they are in memory.</summary>
    public async Task RegisterAsync(Range devices)
    {
        IGrains grains = _host.Services.GetRequiredService<IGrains>();
        foreach (int[] some in Enumerable.Range(devices.Start.Value, devices.End.Value - devices.Start.Value).Chunk(1000))
        {
            await Task.WhenAll(
                some.Select(index =>
                    grains
                        .Device(LoadSeed.DeviceId(index))
                        .RegisterAsync(new RegisterDevice(LoadSeed.ModelId, null, null, null, SignsIn: false))
                )
            );
        }
    }

    /// <summary>Returns once all readings are in the telemetry store.</summary>
    public ValueTask SettleAsync(CancellationToken cancellationToken) =>
        _host.Services.GetRequiredService<ITelemetryBarrier>().CaughtUpAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static IHost Build(string directory)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(new Random(1));
        builder.Services.AddSingleton<IFenceReader, NoFences>();
        builder.Services.AddSingleton<ILocalGateway, NoGateway>();
        builder.Services.AddSingleton<IExpulsion, NoExpulsion>();
        builder.Services.AddSingleton<IStaff, NoStaff>();
        builder.Services.AddSqliteStore(new SqliteStoreOptions { Directory = directory });
        builder.Services.AddSqliteTelemetry(new SqliteTelemetryOptions { Directory = directory });
        builder.Services.AddGrains(new GrainsOptions());
        return builder.Build();
    }

    private sealed class NoFences : IFenceReader
    {
        public Fence? Read(string id, ReadOnlySpan<byte> json) => null;
    }

    private sealed class NoStaff : IStaff
    {
        public ValueTask<IReadOnlyList<AgentOnDuty>> OnDutyAsync(CancellationToken cancellationToken) => new([]);
    }

    private sealed class NoExpulsion : IExpulsion
    {
        public void End(string reason) => throw new InvalidOperationException(reason);
    }

    private sealed class NoGateway : ILocalGateway
    {
        public long Connections => 0;

        public TimeSpan CountPublished(EntityId principal, int messages) => TimeSpan.Zero;

        public ValueTask<int> PublishAsync(Downlink downlink, bool isLast, CancellationToken cancellationToken) =>
            PublishAsync(downlink, cancellationToken);

        public ValueTask AdoptSessionsAsync(IReadOnlyList<OwnedSession> sessions, CancellationToken cancellationToken) =>
            ValueTask.CompletedTask;

        public ValueTask ReleaseSessionAsync(string key) => ValueTask.CompletedTask;

        public ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken) => ValueTask.FromResult(0);

        public ValueTask DisconnectAsync(EntityId principal, string reason) => ValueTask.CompletedTask;
    }
}
