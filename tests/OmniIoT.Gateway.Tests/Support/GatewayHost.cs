using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Dialects.Makers;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Listening;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Sessions;
using OmniIoT.TestKit.Cluster;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>
/// A gateway on free loopback ports, in front of storage and partitions in memory. Fails the test when an error was logged that it does
/// not expect.
/// </summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ErrorLog _errors = new();
    private readonly MqttEndpoint _endpoint;

    private GatewayHost(
        MqttGatewayOptions options,
        MemoryStore store,
        FakeCredentials credentials,
        TimeProvider time,
        TrustedProxies? proxies,
        Action<ListenOptions>? listening,
        IDialect? dialect
    )
    {
        _endpoint = new MqttEndpoint(new IPEndPoint(IPAddress.Loopback, 0), proxies);
        (Store, Credentials) = (store, credentials);
        Ingress = new FakeIngress(store);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Warning).AddProvider(_errors);
        builder
            .Services.AddSingleton(time)
            .AddSingleton(new IdGenerator(time, new Random(1)))
            .AddSingleton<IProcesses>(new OneProcess())
            .AddSingleton<IAttempts>(new LocalAttempts(time))
            .AddSingleton<IIngress>(Ingress)
            .AddSingleton<ICommitter>(store)
            .AddSingleton<ISessionStore>(store)
            .AddSingleton<ICredentialStore>(credentials)
            .AddSingleton(credentials.Sealer)
            .AddSingleton<ITwinQueries>(Twins)
            .AddSingleton<IGrains>(Twins)
            .AddMqttGateway(options)
            .AddAzureIotHub()
            .AddMakers()
            .AddMqttEndpoint(_endpoint);
        if (dialect is not null)
            builder.Services.AddSingleton(dialect);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            if (listening is null)
                return;
            kestrel.Listen(
                IPAddress.Loopback,
                0,
                listen =>
                {
                    listening(listen);
                    listen.UseConnectionHandler<MqttConnectionHandler>();
                }
            );
        });
        _app = builder.Build();
        _app.UseWebSockets();
        _app.MapMqttWebSocket("/mqtt");
        _app.MapMqttWebSocket(AzureIotHubServices.WebSocketPath);
    }

    /// <summary>Ids of the errors that the test provokes.</summary>
    public HashSet<int> ExpectedErrors { get; } = [];

    public MemoryStore Store { get; }

    public FakeCredentials Credentials { get; }

    public FakeIngress Ingress { get; }

    public FakeTwins Twins { get; } = new();

    public int Port { get; private set; }

    public int HttpPort { get; private set; }

    public ConnectionRegistry Connections => _app.Services.GetRequiredService<ConnectionRegistry>();

    public SessionRegistry Sessions => _app.Services.GetRequiredService<SessionRegistry>();

    public SessionParts SessionParts => _app.Services.GetRequiredService<SessionParts>();

    public GatewayCounters Counters => _app.Services.GetRequiredService<GatewayCounters>();

    public BatchPool Batches => _app.Services.GetRequiredService<BatchPool>();

    public OmniMetrics Metrics => _app.Services.GetRequiredService<OmniMetrics>();

    public ILocalGateway Downlinks => _app.Services.GetRequiredService<ILocalGateway>();

    public static Task<GatewayHost> LaboratoryAsync(
        MqttGatewayOptions? options = null,
        MemoryStore? store = null,
        TimeProvider? time = null
    ) => StartAsync(options ?? MqttGatewayOptions.Laboratory, store, time);

    /// <summary>With a device <c>press-7</c> (secret <c>s3cret</c>) and a customer <c>ann</c> (token <c>t0ken</c>).</summary>
    /// <param name="listening">Given: the port is that of a listener of Kestrel set up so, which TLS needs.</param>
    public static async Task<GatewayHost> StartAsync(
        MqttGatewayOptions? options = null,
        MemoryStore? store = null,
        TimeProvider? time = null,
        Action<GatewayHost>? beforeStart = null,
        TrustedProxies? proxies = null,
        Action<ListenOptions>? listening = null,
        IDialect? dialect = null
    )
    {
        FakeCredentials credentials = new();
        credentials.Set(EntityId.Device("press-7"), "s3cret");
        credentials.Set(EntityId.Device("press-8"), "s3cret");
        credentials.Set(EntityId.Customer("ann"), "t0ken");
        GatewayHost host = new(
            options ?? new MqttGatewayOptions(),
            store ?? new MemoryStore(),
            credentials,
            time ?? TimeProvider.System,
            proxies,
            listening,
            dialect
        );
        beforeStart?.Invoke(host);
        await host._app.StartAsync();
        string[] addresses = [.. host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        host.HttpPort = new Uri(addresses[0]).Port;
        host.Port = addresses.Length > 1 ? new Uri(addresses[1]).Port : host._endpoint.Port;
        return host;
    }

    /// <summary>Waits until the gateway holds that many network connections.</summary>
    public Task ConnectionsAsync(int count) => Poll.UntilAsync(() => Connections.Count == count, $"{count} connections");

    /// <summary>One beat of the heartbeat, and what it sets going.</summary>
    public async Task BeatAsync()
    {
        TimeoutSweep heartbeat = ActivatorUtilities.CreateInstance<TimeoutSweep>(_app.Services);
        heartbeat.Beat();
        await Within.LimitAsync(heartbeat.DueWork);
    }

    public async ValueTask DisposeAsync()
    {
        Ingress.LetGo();
        await Within.LimitAsync(_app.StopAsync());
        await _app.DisposeAsync();
        await Ingress.DisposeAsync();
        Assert.DoesNotContain(_errors.Lines, line => !ExpectedErrors.Contains(line.Id));
    }

    private sealed class ErrorLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(int Id, string Text)> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel >= LogLevel.Error)
                Lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));
        }

        public void Dispose() { }
    }
}
