using System.Net;
using OmniIoT.Api.Access.OpenId;
using OmniIoT.Cluster.Postgres;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Places;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Gateway.Options;
using OmniIoT.LanguageModel;
using OmniIoT.Mqtt.Wire;
using OmniIoT.Ports.Security;

namespace OmniIoT.Host;

/// <summary>Reads the settings; wrong ones stop the start, and each of them is named.</summary>
internal sealed partial class SettingsReader
{
    private const string Root = Setting.Root;

    private readonly IConfiguration _configuration;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<WrongSetting> _wrong = [];

    private SettingsReader(IConfiguration configuration) => _configuration = configuration;

    /// <summary>The keys of all settings that are read.</summary>
    public static IReadOnlyCollection<string> Keys
    {
        get
        {
            SettingsReader reader = new(new ConfigurationBuilder().Build());
            reader.ReadAll();
            return reader._known;
        }
    }

    /// <exception cref="WrongSettingException">Some are wrong, or nobody knows them.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        SettingsReader reader = new(configuration);
        HostSettings settings = reader.ReadAll();
        reader.RefuseUnknown();
        // What a wrong one would have been is not known: what the others say together is judged once each is right by itself.
        if (reader._wrong.Count == 0)
            reader.CheckTogether(settings);
        return reader._wrong.Count == 0 ? settings : throw new WrongSettingException(reader._wrong);
    }

    private HostSettings ReadAll()
    {
        HostSettings defaults = new();
        return new HostSettings
        {
            DataDirectory = Text("Data:Directory") ?? defaults.DataDirectory,
            KeyFile = Text("Data:KeyFile"),
            AllowsNewKey = Flag("Data:NewKey") ?? defaults.AllowsNewKey,
            HttpPort = Port("Http:Port") ?? defaults.HttpPort,
            HttpTlsPort = Port("Http:TlsPort"),
            HttpCertificate = ExistingFile("Http:Certificate"),
            HttpCertificateKey = ExistingFile("Http:CertificateKey"),
            PublicMetrics = Flag("Http:PublicMetrics") ?? defaults.PublicMetrics,
            PublicDescription = Flag("Http:PublicDescription") ?? defaults.PublicDescription,
            MqttPort = Port("Mqtt:Port") ?? defaults.MqttPort,
            MqttTlsPort = Port("Mqtt:TlsPort"),
            Certificate = ExistingFile("Mqtt:Certificate"),
            CertificateKey = ExistingFile("Mqtt:CertificateKey"),
            PublicUrl = WebAddress("PublicUrl")?.ToString().TrimEnd('/'),
            TrustedProxies = Networks("TrustedProxies") ?? defaults.TrustedProxies,
            MqttOrigins = Origins("Mqtt:Origins"),
            ProxyProtocol = Flag("Mqtt:ProxyProtocol") ?? defaults.ProxyProtocol,
            Mqtt = ReadMqtt(Flag("Mqtt:AllowAnonymous") == true ? MqttGatewayOptions.Laboratory : defaults.Mqtt),
            Bind = Address("Bind") ?? defaults.Bind,
            ApiKey = Key("Api:Key"),
            Oidc = ReadOidc(),
            Desk = new DeskSettings
            {
                ReopenWithin = Span("Desk:ReopenWithin") ?? defaults.Desk.ReopenWithin,
                AnswerWithin = Span("Desk:AnswerWithin") ?? defaults.Desk.AnswerWithin,
                TellsKnown = Flag("Desk:TellsKnown") ?? defaults.Desk.TellsKnown,
            },
            LanguageModel = ReadLanguageModel(),
            AllowsPrivateWebhooks = Flag("Webhooks:AllowPrivate") ?? defaults.AllowsPrivateWebhooks,
            Offers = new OfferSettings
            {
                QuietHours = QuietHours("Offers:QuietHours", defaults.Offers.QuietHours),
                MaxPerDay = Whole("Offers:MaxPerDay", 0, 1000) ?? defaults.Offers.MaxPerDay,
                StaleAfter = Span("Offers:StaleAfter") ?? defaults.Offers.StaleAfter,
            },
            Visits = new VisitSettings
            {
                ExitAfter = Span("Visits:ExitAfter") ?? defaults.Visits.ExitAfter,
                SilentAfter = Span("Visits:SilentAfter") ?? defaults.Visits.SilentAfter,
                MaxSpeedMetersPerSecond = Whole("Visits:MaxSpeed", 1, 10_000) ?? defaults.Visits.MaxSpeedMetersPerSecond,
            },
            Sparkplug = new SparkplugOptions
            {
                HostId = Id("Sparkplug:HostId") ?? defaults.Sparkplug.HostId,
                AutoRegister = Flag("Sparkplug:AutoRegister") ?? defaults.Sparkplug.AutoRegister,
                Nodes = new EdgeNodeSettings
                {
                    ReorderWait =
                        Span("Sparkplug:ReorderWait", TimeSpan.Zero, TimeSpan.FromMinutes(1)) ?? defaults.Sparkplug.Nodes.ReorderWait,
                    MaximumDevices = Whole("Sparkplug:DevicesPerNode", 0, int.MaxValue) ?? defaults.Sparkplug.Nodes.MaximumDevices,
                },
            },
            Cluster = ReadCluster(),
            Dashboard = Flag("Cluster:Dashboard") ?? defaults.Dashboard,
            Influx = ReadInflux(),
            TelemetryRetention = Span("Telemetry:Retention"),
            TracingEndpoint =
                Url($"{Root}:Tracing:Endpoint", Text("Tracing:Endpoint")) ?? Url(Tracing.EndpointKey, _configuration[Tracing.EndpointKey]),
        };
    }

    /// <summary>All are read, so that they are known; without the first they mean nothing.</summary>
    private ClusterSettings? ReadCluster()
    {
        string? postgres = ConnectionString("Cluster:Postgres");
        byte[]? key = Bytes("Cluster:Key", SecretSealer.KeyBytes);
        ClusterSettings settings = new() { Postgres = postgres ?? "", Key = key ?? [] };
        settings = settings with
        {
            Id = Id("Cluster:Id") ?? settings.Id,
            SiloPort = Port("Cluster:SiloPort") ?? settings.SiloPort,
            Advertise = Address("Cluster:Advertise"),
            MaxConnections = Whole("Cluster:MaxConnections", PostgresClusterOptions.LeastConnections, 1000) ?? settings.MaxConnections,
        };
        if (postgres is null)
            return null;
        if (Text("Cluster:Key") is null)
            Wrong(
                "Cluster:Key",
                "",
                $"{SecretSealer.KeyBytes} bytes in base64, the same for all processes, because {Root}:Cluster:Postgres is set"
            );
        return settings;
    }

    private OidcOptions? ReadOidc()
    {
        Uri? authority = WebAddress("SignIn:Oidc:Authority");
        (string? client, string? secret) = (Text("SignIn:Oidc:ClientId"), Text("SignIn:Oidc:ClientSecret"));
        string claim = Text("SignIn:Oidc:RoleClaim") ?? OidcOptions.DefaultRoleClaim;
        (IReadOnlyList<KeyValuePair<string, string>> roles, string? role) = (Pairs("SignIn:Oidc:Roles"), Id("SignIn:Oidc:DefaultRole"));
        if (authority is null)
            return null;
        if (client is null)
            Wrong("SignIn:Oidc:ClientId", "", $"what the provider knows this platform by, because {Root}:SignIn:Oidc:Authority is set");
        if (authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback)
            Wrong("SignIn:Oidc:Authority", authority.ToString(), "an address with https, or one of this machine");
        return new OidcOptions
        {
            Authority = authority,
            ClientId = client ?? "",
            ClientSecret = secret,
            RoleClaim = claim,
            Roles = roles,
            DefaultRole = role,
        };
    }

    /// <summary>All are read, so that they are known; without the first they mean nothing.</summary>
    private LanguageModelOptions? ReadLanguageModel()
    {
        Uri? endpoint = WebAddress("Bot:Model:Endpoint");
        (string? name, string? key) = (Text("Bot:Model:Name"), Text("Bot:Model:Key"));
        TimeSpan? timeout = Span("Bot:Model:Timeout", TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        if (endpoint is null)
            return null;
        if (name is null)
            Wrong("Bot:Model:Name", "", $"which of the server's models is asked, because {Root}:Bot:Model:Endpoint is set");
        LanguageModelOptions options = new()
        {
            Endpoint = endpoint,
            Name = name ?? "",
            Key = key,
        };
        return timeout is { } longest ? options with { Timeout = longest } : options;
    }

    private InfluxSettings? ReadInflux()
    {
        Uri? url = WebAddress("Telemetry:Influx:Url");
        (string? token, string? org, string? bucket) = (
            Text("Telemetry:Influx:Token"),
            Text("Telemetry:Influx:Org"),
            Text("Telemetry:Influx:Bucket")
        );
        if (url is null)
            return null;
        if (bucket is null)
            Wrong(
                "Telemetry:Influx:Bucket",
                "",
                $"a bucket (a database for InfluxDB 1.8 and 3), because {Root}:Telemetry:Influx:Url is set"
            );
        return new InfluxSettings(url, token, org, bucket ?? "");
    }

    private MqttGatewayOptions ReadMqtt(MqttGatewayOptions defaults) =>
        defaults with
        {
            ClientAuthorities = Certificates("Mqtt:ClientAuthorities") ?? defaults.ClientAuthorities,
            MaximumConnections = Whole("Mqtt:Limits:Connections", 1, int.MaxValue) ?? defaults.MaximumConnections,
            MaximumConnectionsPerAddress =
                Whole("Mqtt:Limits:ConnectionsPerAddress", 1, int.MaxValue) ?? defaults.MaximumConnectionsPerAddress,
            ConnectTimeout = Span("Mqtt:Limits:ConnectTime", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)) ?? defaults.ConnectTimeout,
            MaximumPacketSize = Whole("Mqtt:Limits:PacketBytes", 1024, VariableByteInteger.Maximum) ?? defaults.MaximumPacketSize,
            MaximumSubscriptions = Whole("Mqtt:Limits:Subscriptions", 1, int.MaxValue) ?? defaults.MaximumSubscriptions,
            MaximumRetained = Whole("Mqtt:Limits:Retained", 0, int.MaxValue) ?? defaults.MaximumRetained,
            MaximumTopicLevels = Whole("Mqtt:Limits:TopicLevels", 5, ushort.MaxValue) ?? defaults.MaximumTopicLevels,
            MaximumQueuedMessages = Whole("Mqtt:Limits:QueuedMessages", 1, int.MaxValue) ?? defaults.MaximumQueuedMessages,
            MaximumQueuedBytes = Whole("Mqtt:Limits:QueuedBytes", 1024, int.MaxValue) ?? defaults.MaximumQueuedBytes,
            MaximumQueuedBytesInAll = Whole("Mqtt:Limits:QueuedBytesInAll", 1024 * 1024, int.MaxValue) ?? defaults.MaximumQueuedBytesInAll,
            MaximumMessagesPerSecond = Whole("Mqtt:Limits:MessagesPerSecond", 1, int.MaxValue) ?? defaults.MaximumMessagesPerSecond,
            MaximumSessionExpiry =
                Span("Mqtt:Limits:SessionExpiry", TimeSpan.Zero, TimeSpan.FromDays(10_000)) ?? defaults.MaximumSessionExpiry,
            BadSignInsPerAddress = Whole("Mqtt:Limits:BadSignIns", 1, int.MaxValue) ?? defaults.BadSignInsPerAddress,
            BadSignInPause = Span("Mqtt:Limits:BadSignInPause", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)) ?? defaults.BadSignInPause,
            LimitsLoopback = Flag("Mqtt:Limits:Loopback") ?? defaults.LimitsLoopback,
        };

    private void CheckTogether(HostSettings settings)
    {
        if (settings.MqttTlsPort is not null && settings.Certificate is null)
            Wrong("Mqtt:Certificate", "", $"a PEM file, because {Root}:Mqtt:TlsPort is set");
        if (settings.HttpTlsPort is not null && settings.HttpCertificate is null)
            Wrong("Http:Certificate", "", $"a PEM file, because {Root}:Http:TlsPort is set");
        if (!IPAddress.IsLoopback(settings.Bind) && settings.ApiKey is null)
            Wrong(
                "Bind",
                settings.Bind.ToString(),
                $"a loopback address, or any other once {Root}:Api:Key is set: the credentials are the default ones"
            );
        if (!IPAddress.IsLoopback(settings.Bind) && settings.ApiKey is { } key && !KeyStrength.IsEnough(key))
            Wrong(
                "Api:Key",
                "***",
                $"a key of {KeyStrength.LeastBits} bits of chance or more, as openssl rand -hex 32 makes, because {Root}:Bind is no loopback address"
            );
        if (settings.Cluster is { Advertise: null } && (settings.Bind.Equals(IPAddress.Any) || settings.Bind.Equals(IPAddress.IPv6Any)))
            Wrong("Cluster:Advertise", "", $"the address that other processes reach this one by, because {Root}:Bind is all of them");
        if (settings.Cluster is { Advertise: { } advertised } && (advertised.Equals(IPAddress.Any) || advertised.Equals(IPAddress.IPv6Any)))
            Wrong("Cluster:Advertise", advertised.ToString(), "one address that other processes reach this one by, not all of them");
        if (!IPAddress.IsLoopback(settings.Bind) && settings.Mqtt.AllowAnonymous)
            Wrong("Bind", settings.Bind.ToString(), $"a loopback address while {Root}:Mqtt:AllowAnonymous is true");
    }

    private void RefuseUnknown()
    {
        foreach ((string key, string? value) in _configuration.GetSection(Root).AsEnumerable())
        {
            if (value is not null && key != Root && !_known.Contains(key))
                _wrong.Add(WrongSetting.Unknown(key, value));
        }
    }
}
