using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Provisioning;
using OmniIoT.Api.Readiness;
using OmniIoT.Channels;
using OmniIoT.Channels.Email;
using OmniIoT.Channels.Email.Polling;
using OmniIoT.Channels.Meta;
using OmniIoT.Channels.Push;
using OmniIoT.Channels.Telegram;
using OmniIoT.Channels.Twilio;
using OmniIoT.Channels.WebChat;
using OmniIoT.Channels.Webhook;
using OmniIoT.Cluster.Postgres;
using OmniIoT.Domain.Decisions;
using OmniIoT.Gateway.Dialects.Makers;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Listening;
using OmniIoT.Grains;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Grains.Silo;
using OmniIoT.LanguageModel;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Damage;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Systems;
using OmniIoT.Storage.Sqlite;
using OmniIoT.Systems;
using OmniIoT.Systems.Freshdesk;
using OmniIoT.Systems.Zendesk;
using OmniIoT.Telemetry.Influx;
using OmniIoT.Telemetry.Sqlite;

namespace OmniIoT.Host;

/// <summary>Puts the parts together; decides nothing.</summary>
internal static class OmniHost
{
    /// <summary>Long enough for the last commits on a slow disk.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(15);

    public static WebApplication Build(CommandLine commandLine, HostSettings settings, Listeners listeners)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(Configure(commandLine));
        AddLogging(builder);
        Listeners.EndLinesStrictly();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => listeners.Configure(kestrel));
        builder.Services.AddSingleton<IConnectionListenerFactory>(services => new BoundedTransport(
            ActivatorUtilities.CreateInstance<SocketTransportFactory>(services),
            listeners.MostAccepted
        ));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = ShutdownTimeout);
        builder.Services.AddSingleton<IHostLifetime, StoppedByLauncher>();
        builder.Services.AddSingleton<IMqttPorts>(listeners);
        AddParts(builder.Services, settings, listeners);
        builder.AddTracing(settings);
        WebApplication app = builder.Build();
        app.UseForwardedHeaders(Forwarded(settings.TrustedProxies));
        app.UseHsts();
        Route(app, settings);
        return app;
    }

    /// <summary>Settings from the file beside the program, the file where it was started, the environment and the command line.</summary>
    public static IConfigurationRoot Configure(CommandLine commandLine) =>
        new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddJsonFile(Path.Combine(Environment.CurrentDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
            .AddEnvironmentVariables()
            .AddInMemoryCollection(
                commandLine
                    .Settings.GroupBy(setting => setting.Key, StringComparer.OrdinalIgnoreCase)
                    .Select(said => KeyValuePair.Create(said.Key, said.Last().Value))
            )
            .Build();

    /// <summary>The log goes to the standard error, so that the standard output holds what people and scripts read at start.</summary>
    private static void AddLogging(WebApplicationBuilder builder)
    {
        // What a silo and its retries say of their every step is for whoever asks for it in the settings.
        builder
            .Logging.AddFilter("Orleans", LogLevel.Error)
            .AddFilter("Orleans.Runtime.Silo", LogLevel.Critical)
            .AddFilter("Orleans.Runtime.Watchdog", LogLevel.Critical)
            .AddFilter("Orleans.Runtime.GrainCallCancellationManager", LogLevel.Critical)
            .AddFilter("Polly", LogLevel.Warning);
        builder.Logging.AddConfiguration(builder.Configuration.GetSection("Logging"));
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.UseUtcTimestamp = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console =>
            console.LogToStandardErrorThreshold = LogLevel.Trace
        );
    }

    /// <summary>In the order of the start; the stop runs backwards.</summary>
    private static void AddParts(IServiceCollection services, HostSettings settings, Listeners listeners)
    {
        services.AddSingleton(provider => new SteadyTime(TimeProvider.System, provider.GetRequiredService<ILogger<SteadyTime>>()));
        services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<SteadyTime>());
        services.AddSingleton<Random>(new SharedRandom());
        services.AddSingleton<IExpulsion, Expulsion>();
        if (settings.Cluster is { } cluster)
            AddCluster(services, settings, cluster);
        else
            AddEmbedded(services, settings);
        services.AddSingleton<DocumentSecrets>();
        services.AddSingleton<IFenceReader, FenceDocumentReader>();
        services.AddGrains(
            new GrainsOptions
            {
                Cluster = settings.Cluster is { } joined ? ClusterOptions(settings, joined) : null,
                Dashboard = settings.Dashboard,
                FenceFile = settings.Cluster is null ? Path.Combine(settings.DataDirectory, "fences.index") : null,
                Decisions = new DecisionSettings
                {
                    Desk = settings.Desk with { PublicAddress = settings.PublicUrl ?? "", AsksModel = settings.LanguageModel is not null },
                    Offers = settings.Offers,
                    Visits = settings.Visits,
                },
            }
        );
        services.AddSparkplug(settings.Sparkplug);
        services.AddMqttGateway(settings.Mqtt);
        services.AddAzureIotHub();
        services.AddMakers();
        services.AddMqttEndpoint(listeners.Mqtt);
        services.AddOmniApi(
            new ApiOptions
            {
                PublicUrl = settings.PublicUrl,
                Key = settings.ApiKey,
                Oidc = settings.Oidc,
                PublicMetrics = settings.PublicMetrics,
                PublicDescription = settings.PublicDescription,
            }
        );
        services.AddChannels(new ChannelOptions { PublicUrl = settings.PublicUrl });
        services.AddWebChat();
        services.AddEmailChannel();
        services.AddTwilioChannels();
        services.AddMetaChannels();
        services.AddTelegramChannel();
        services.AddWebhookChannel();
        services.AddPushChannel();
        if (settings.LanguageModel is { } model)
            services.AddLanguageModel(model);
        services.AddSystems(new SystemsOptions { AllowPrivate = settings.AllowsPrivateWebhooks });
        services.AddZendesk();
        services.AddFreshdesk();
        services.AddSingleton(provider => StorageCheck(provider.GetRequiredService<ICommitStore>()));
        foreach (string part in new[] { PartNames.Telemetry, PartNames.Gateway, PartNames.Cluster, PartNames.Deliveries })
            services.AddSingleton(provider => LoopCheck(part, provider.GetRequiredService<BackgroundLoops>()));
        services.AddSingleton<KnownDamage>();
        foreach (string part in new[] { PartNames.Storage, PartNames.Telemetry })
            services.AddSingleton(provider => DamageCheck(part, provider.GetRequiredService<KnownDamage>()));
        services.AddSingleton(provider => ClockCheck(provider.GetRequiredService<SteadyTime>()));
        services.AddSingleton(provider => MailboxCheck(provider.GetRequiredService<MailboxTroubles>()));
        services.AddSingleton(provider => GatewayCheck(provider.GetRequiredService<GatewayState>()));
        services.AddRouting();
        services.AddResponseCompression();
        // A year, as browsers' lists of such hosts ask for. What else has a name below the host's is not ours to decide on.
        services.AddHsts(options => options.MaxAge = TimeSpan.FromDays(365));
    }

    private static void AddEmbedded(IServiceCollection services, HostSettings settings)
    {
        services.AddSqliteStore(
            new SqliteStoreOptions
            {
                Directory = settings.DataDirectory,
                KeyFile = settings.KeyFile,
                AllowsNewKey = settings.AllowsNewKey,
            }
        );
        if (settings.Influx is { } influx)
            services.AddInfluxTelemetry(_ => InfluxOptions(settings, influx));
        else
            services.AddSqliteTelemetry(TelemetryOptions(settings));
    }

    private static void AddCluster(IServiceCollection services, HostSettings settings, ClusterSettings cluster)
    {
        PostgresClusterOptions options = new()
        {
            ConnectionString = cluster.Postgres,
            Key = cluster.Key,
            Id = cluster.Id,
            MaxConnections = cluster.MaxConnections,
            TelemetryRetention = settings.TelemetryRetention,
        };
        services.AddPostgresCluster(options);
        if (settings.Influx is not { } influx)
            services.AddPostgresClusterTelemetry(options);
        else
            services.AddInfluxTelemetry(provider =>
                InfluxOptions(settings, influx) with
                {
                    Lane = provider.GetRequiredService<IProcesses>().Own,
                }
            );
    }

    private static InfluxTelemetryOptions InfluxOptions(HostSettings settings, InfluxSettings influx)
    {
        InfluxTelemetryOptions options = new()
        {
            Url = influx.Url,
            Token = influx.Token,
            Bucket = influx.Bucket,
        };
        if (influx.Org is { } org)
            options = options with { Org = org };
        return settings.TelemetryRetention is { } retention ? options with { Retention = retention } : options;
    }

    private static ClusterOptions ClusterOptions(HostSettings settings, ClusterSettings cluster) =>
        new(cluster.Id, new IPEndPoint(settings.Bind, cluster.SiloPort), cluster.Advertise ?? settings.Bind);

    /// <summary>The last word counts: what stands before it in the headers, anybody may have written.</summary>
    private static ForwardedHeadersOptions Forwarded(TrustedProxies proxies)
    {
        ForwardedHeadersOptions options = new() { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (System.Net.IPNetwork network in proxies.Networks)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    private static void Route(WebApplication app, HostSettings settings)
    {
        app.UseResponseCompression();
        app.UseOmniApi();
        app.UseConsoleFiles();
        app.UseWebSockets();
        app.UseMqttOrigins(settings.MqttOrigins);
        app.UseRouting();
        app.UseConsolePage();
        app.MapOmniApi();
        app.MapMqttWebSocket("/mqtt");
        app.MapMqttWebSocket(AzureIotHubServices.WebSocketPath);
        app.MapWebChat();
        app.MapChannelCalls();
        app.MapSystemCalls();
    }

    private static SqliteTelemetryOptions TelemetryOptions(HostSettings settings)
    {
        SqliteTelemetryOptions options = new() { Directory = Path.Combine(settings.DataDirectory, "telemetry") };
        return settings.TelemetryRetention is { } retention ? options with { Retention = retention } : options;
    }

    private static ReadinessCheck StorageCheck(ICommitStore store) =>
        new(PartNames.Storage, cancellationToken => new ValueTask<string?>(Task.Run(store.Probe, cancellationToken)));

    private static ReadinessCheck DamageCheck(string part, KnownDamage damage) =>
        new(part, _ => ValueTask.FromResult(damage.Of(part))) { IsNeeded = false };

    private static ReadinessCheck ClockCheck(SteadyTime time) =>
        new(PartNames.Cluster, _ => ValueTask.FromResult(time.Trouble)) { IsNeeded = false };

    private static ReadinessCheck MailboxCheck(MailboxTroubles mailboxes) =>
        new(PartNames.Deliveries, _ => ValueTask.FromResult(mailboxes.All)) { IsNeeded = false };

    private static ReadinessCheck GatewayCheck(GatewayState gateway) =>
        new(PartNames.Gateway, _ => ValueTask.FromResult(gateway.IsReady ? null : "The gateway does not take connections."));

    private static ReadinessCheck LoopCheck(string part, BackgroundLoops loops) =>
        new(part, _ => ValueTask.FromResult(loops.TroubleOf(part)));
}
