using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;
using OmniIoT.Geometry;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Desk;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Sessions;
using OmniIoT.Ports.State;
using OmniIoT.Storage.Sqlite;
using OmniIoT.Telemetry.Sqlite;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Desk;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Grains.Tests;

/// <summary>All of the grains on the real embedded stores, with a clock and a gateway in the test's hand.</summary>
internal sealed class GrainsHarness : IAsyncDisposable
{
    public const string Model = """
        { "id": "washer", "name": "Washer", "metrics": { "temperature": {"unit": "Cel"} }, "commands": { "restart": {} },
          "rules": [
            { "type": "overheat", "severity": "critical", "when": "temperature > 80", "case": { "title": "{{device.name}} runs hot" } },
            { "type": "silent", "severity": "warning", "when": "silent for 15m" } ] }
        """;

    private readonly TemporaryDirectory _ownDirectory = new();
    private readonly string _directory;
    private readonly Func<ICommitStore, ICommitStore>? _wrapStore;
    private readonly Func<IGrainStore, IGrainStore>? _wrapGrains;
    private IHost _host;
    private int _starts;

    private GrainsHarness(string? directory, Func<ICommitStore, ICommitStore>? wrapStore, Func<IGrainStore, IGrainStore>? wrapGrains)
    {
        _directory = directory ?? _ownDirectory.Path;
        _wrapStore = wrapStore;
        _wrapGrains = wrapGrains;
        _host = Build();
    }

    public FakeTimeProvider Time { get; } = FakeTime.AtNoon();

    public RecordingPublisher Publisher { get; } = new();

    public IGrains Grains => Get<IGrains>();

    public static async Task<GrainsHarness> StartAsync(
        Func<ICommitStore, ICommitStore>? wrapStore = null,
        Func<IGrainStore, IGrainStore>? wrapGrains = null
    )
    {
        GrainsHarness harness = new(null, wrapStore, wrapGrains);
        await harness._host.StartAsync();
        await harness.PutAsync(DocumentKind.Model, "washer", Model);
        return harness;
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Stops and starts all of it on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        _host = Build();
        await _host.StartAsync();
    }

    public async Task PutAsync(DocumentKind kind, string id, string json)
    {
        CommitUnit unit = new();
        unit.Effects.Add(new PutDocument(kind, id, Encoding.UTF8.GetBytes(json)));
        await Get<ICommitter>().CommitAsync(unit);
        await Get<ICatalog>().RefreshAsync(kind, id, CancellationToken.None);
    }

    public async Task<T> AskAsync<T>(Func<IGrains, Task<Reply<T>>> ask)
    {
        Reply<T> reply = await Awaited.Within(ask(Grains), $"answer with {typeof(T).Name}");
        Assert.Null(reply.Rejection);
        return reply.Result!;
    }

    public Task<DeviceRegistered> RegisterAsync(string deviceId, string? customerId = null, string? siteId = null) =>
        AskAsync(grains => grains.Device(deviceId).RegisterAsync(new RegisterDevice("washer", customerId, siteId, deviceId)));

    public Task<CustomerStored> AddCustomerAsync(string id, params Identity[] identities) =>
        AskAsync(grains =>
            grains
                .Customer(id)
                .PutAsync(
                    new PutCustomerData
                    {
                        Name = "Ann",
                        Locale = null,
                        TimeZone = null,
                        Tags = [],
                        Consent = new Consent(Location: true, Offers: true),
                        Identities = identities,
                        ExpectedVersion = null,
                        Actor = "api",
                    }
                )
        );

    /// <summary>Submits messages as the gateway does; the task ends when they are acknowledged.</summary>
    public Task<InboundBatch> SendAsync(EntityId principal, params (string Topic, string Payload)[] messages)
    {
        Acknowledgement acknowledgement = new();
        InboundBatch batch = new();
        batch.Reset(principal, acknowledgement, Now);
        string root = principal.Kind is EntityKind.Device ? $"devices/{principal.Key}/" : $"customers/{principal.Key}/";
        foreach ((string topic, string payload) in messages)
            batch.Add(Encoding.UTF8.GetBytes(root + topic), Encoding.UTF8.GetBytes(payload), 1, 1);
        _ = Get<IIngress>().SubmitAsync(batch, CancellationToken.None).AsTask();
        return Awaited.Within(acknowledgement.Task, $"acknowledgement of {messages.Length} messages of {principal}");
    }

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync(string customerId) =>
        (await Get<ITimelineQueries>().ListAsync(new TimelineFilter(customerId), new PageRequest(null, 100), CancellationToken.None)).Items;

    public Instant Now => Instant.FromTime(Time.GetUtcNow());

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _ownDirectory.Dispose();
    }

    private IHost Build()
    {
        HostApplicationBuilder builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        IServiceCollection services = builder.Services;
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton(new Random(++_starts));
        services.AddSingleton<IFenceReader, GeometryFenceReader>();
        services.AddSingleton<ILocalGateway>(Publisher);
        services.AddSingleton<IExpulsion>(new OneProcess());
        services.AddSingleton<IStaff, NobodyOnDuty>();
        services.AddSqliteStore(new SqliteStoreOptions { Directory = _directory });
        services.AddSqliteTelemetry(new SqliteTelemetryOptions { Directory = _directory });
        services.AddGrains(new GrainsOptions { StorageRetry = TimeSpan.Zero });
        if (_wrapStore is not null)
        {
            services.AddSingleton(provider => _wrapStore(provider.GetRequiredService<SqliteStore>().Commits));
        }
        if (_wrapGrains is not null)
        {
            services.AddSingleton(provider => _wrapGrains(provider.GetRequiredService<SqliteStore>().Grains));
        }
        return builder.Build();
    }

    private async Task StopAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private sealed class Acknowledgement : IInboundSource
    {
        private readonly TaskCompletionSource<InboundBatch> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<InboundBatch> Task => _done.Task;

        public void Committed(InboundBatch batch) => _done.SetResult(batch);
    }

    private sealed class GeometryFenceReader : IFenceReader
    {
        public Fence? Read(string id, ReadOnlySpan<byte> json)
        {
            using JsonDocument document = JsonDocument.Parse(json.ToArray());
            return FenceReader.Read(id, document.RootElement, CancellationToken.None).Value;
        }
    }
}

/// <summary>Stands for the gateway: remembers what was to go down.</summary>
internal sealed class RecordingPublisher : ILocalGateway
{
    private readonly System.Threading.Channels.Channel<Downlink> _published = System.Threading.Channels.Channel.CreateUnbounded<Downlink>();

    public int Sessions { get; set; } = 1;

    public List<EntityId> Disconnected { get; } = [];

    public long Connections => 0;

    /// <summary>What is answered to who counts messages of another process.</summary>
    public TimeSpan Pause { get; set; }

    public TimeSpan CountPublished(EntityId principal, int messages) => Pause * messages;

    public ValueTask<int> PublishAsync(Downlink downlink, bool isLast, CancellationToken cancellationToken) =>
        PublishAsync(downlink, cancellationToken);

    public ValueTask AdoptSessionsAsync(IReadOnlyList<OwnedSession> sessions, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    public ValueTask ReleaseSessionAsync(string key) => ValueTask.CompletedTask;

    public ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken)
    {
        _published.Writer.TryWrite(downlink);
        return ValueTask.FromResult(Sessions);
    }

    public ValueTask DisconnectAsync(EntityId principal, string reason)
    {
        Disconnected.Add(principal);
        return ValueTask.CompletedTask;
    }

    public Task<Downlink> NextAsync() => Awaited.Within(_published.Reader.ReadAsync().AsTask(), "downlink");
}
