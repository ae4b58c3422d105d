using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using OmniIoT.Cluster.Postgres;
using OmniIoT.Devices;
using OmniIoT.Devices.Time;
using OmniIoT.Dialects.Sparkplug.Nodes;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Places;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Wire;
using OmniIoT.Ports.Security;

namespace OmniIoT.Host;

/// <summary>Reads the settings; the first wrong one stops the start.</summary>
internal sealed class SettingsReader
{
    private const string Root = "OmniIoT";

    private readonly IConfiguration _configuration;
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    private SettingsReader(IConfiguration configuration) => _configuration = configuration;

    /// <exception cref="WrongSettingException">One is wrong, or nobody knows it.</exception>
    public static HostSettings Read(IConfiguration configuration)
    {
        SettingsReader reader = new(configuration);
        HostSettings settings = reader.ReadAll();
        reader.RefuseUnknown();
        CheckTogether(settings);
        return settings;
    }

    private HostSettings ReadAll()
    {
        HostSettings defaults = new();
        return new HostSettings
        {
            DataDirectory = Text("Data:Directory") ?? defaults.DataDirectory,
            KeyFile = Text("Data:KeyFile"),
            HttpPort = Port("Http:Port") ?? defaults.HttpPort,
            MqttPort = Port("Mqtt:Port") ?? defaults.MqttPort,
            MqttTlsPort = Port("Mqtt:TlsPort"),
            Certificate = ExistingFile("Mqtt:Certificate"),
            CertificateKey = ExistingFile("Mqtt:CertificateKey"),
            ProxyProtocol = Flag("Mqtt:ProxyProtocol") ?? defaults.ProxyProtocol,
            Mqtt = ReadMqtt(Flag("Mqtt:AllowAnonymous") == true ? MqttGatewayOptions.Laboratory : defaults.Mqtt),
            Bind = Address("Bind") ?? defaults.Bind,
            ApiKey = Key("Api:Key"),
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
        return key is not null
            ? settings
            : throw new WrongSettingException(
                $"{Root}:Cluster:Key",
                "",
                $"{SecretSealer.KeyBytes} bytes in base64, the same for all processes, because {Root}:Cluster:Postgres is set"
            );
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
        return bucket is not null
            ? new InfluxSettings(url, token, org, bucket)
            : throw new WrongSettingException(
                $"{Root}:Telemetry:Influx:Bucket",
                "",
                $"a bucket (a database for InfluxDB 1.8 and 3), because {Root}:Telemetry:Influx:Url is set"
            );
    }

    private Uri? WebAddress(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return
            Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address
            : throw Wrong(name, text, "an address such as http://influx:8086");
    }

    private string? ConnectionString(string name)
    {
        if (Text(name) is not { } text)
            return null;
        try
        {
            return new NpgsqlConnectionStringBuilder(text) is { Host.Length: > 0 }
                ? text
                : throw Wrong(name, "***", "a connection string that names a host");
        }
        catch (ArgumentException error)
        {
            throw Wrong(
                name,
                "***",
                $"a connection string such as Host=db;Username=omniiot;Password=…;Database=omniiot ({error.Message.TrimEnd('.')})"
            );
        }
    }

    private byte[]? Bytes(string name, int count)
    {
        if (Text(name) is not { } text)
            return null;
        byte[] bytes = new byte[count];
        return Convert.TryFromBase64String(text, bytes, out int written) && written == count
            ? bytes
            : throw Wrong(name, "***", $"{count} bytes in base64");
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

    private static void CheckTogether(HostSettings settings)
    {
        if (settings.MqttTlsPort is not null && settings.Certificate is null)
            throw new WrongSettingException($"{Root}:Mqtt:Certificate", "", $"a PEM file, because {Root}:Mqtt:TlsPort is set");
        if (!IPAddress.IsLoopback(settings.Bind) && settings.ApiKey is null)
            throw new WrongSettingException(
                $"{Root}:Bind",
                settings.Bind.ToString(),
                $"a loopback address, or any other once {Root}:Api:Key is set: the credentials are the default ones"
            );
        if (settings.Cluster is { Advertise: null } && (settings.Bind.Equals(IPAddress.Any) || settings.Bind.Equals(IPAddress.IPv6Any)))
            throw new WrongSettingException(
                $"{Root}:Cluster:Advertise",
                "",
                $"the address that other processes reach this one by, because {Root}:Bind is all of them"
            );
        if (settings.Cluster is { Advertise: { } advertised } && (advertised.Equals(IPAddress.Any) || advertised.Equals(IPAddress.IPv6Any)))
            throw new WrongSettingException(
                $"{Root}:Cluster:Advertise",
                advertised.ToString(),
                "one address that other processes reach this one by, not all of them"
            );
        if (!IPAddress.IsLoopback(settings.Bind) && settings.Mqtt.AllowAnonymous)
            throw new WrongSettingException(
                $"{Root}:Bind",
                settings.Bind.ToString(),
                $"a loopback address while {Root}:Mqtt:AllowAnonymous is true"
            );
    }

    private string? Text(string name)
    {
        _known.Add($"{Root}:{name}");
        string? value = _configuration[$"{Root}:{name}"];
        return string.IsNullOrWhiteSpace(value) ? null : value;
    }

    private string? Key(string name) =>
        Text(name) is not { } key || !key.Any(char.IsWhiteSpace) ? Text(name) : throw Wrong(name, "***", "a key without blanks");

    private int? Port(string name) => Whole(name, 0, ushort.MaxValue);

    private int? Whole(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        return
            int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most
            ? value
            : throw Wrong(name, text, $"a whole number from {least} to {most}");
    }

    private bool? Flag(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return bool.TryParse(text, out bool value) ? value : throw Wrong(name, text, "true or false");
    }

    private string? Id(string name) =>
        Text(name) is not { } id || Identifier.IsValid(id) ? Text(name) : throw Wrong(name, id, Identifier.Allowed);

    private static Uri? Url(string key, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? url
            : throw new WrongSettingException(key, text, "a URL such as http://127.0.0.1:4318");
    }

    private IPAddress? Address(string name) =>
        Text(name) switch
        {
            null => null,
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            var text => IPAddress.TryParse(text, out IPAddress? address)
                ? address
                : throw Wrong(name, text, "an IP address, such as 127.0.0.1 or 0.0.0.0"),
        };

    private string? ExistingFile(string name) =>
        Text(name) is not { } path || File.Exists(path) ? Text(name) : throw Wrong(name, path, "the path of a PEM file that exists");

    private X509Certificate2Collection? Certificates(string name)
    {
        if (ExistingFile(name) is not { } path)
            return null;
        X509Certificate2Collection certificates = [];
        try
        {
            certificates.ImportFromPemFile(path);
        }
        catch (CryptographicException)
        {
            throw Wrong(name, path, "a PEM file of certificates");
        }
        return certificates.Count > 0 ? certificates : throw Wrong(name, path, "a PEM file of certificates, and it holds none");
    }

    private TimeSpan? Span(string name, TimeSpan least, TimeSpan most)
    {
        if (Span(name) is not { } span)
            return null;
        return span >= least && span <= most ? span : throw Wrong(name, Text(name)!, $"{Duration.Allowed}, from {least} to {most}");
    }

    private TimeSpan? Span(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (Duration.TryParse(text, out TimeSpan duration))
            return duration;
        return
            text.Contains(':', StringComparison.Ordinal)
            && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span)
            && span > TimeSpan.Zero
            ? span
            : throw Wrong(name, text, $"{Duration.Allowed}, or hh:mm:ss");
    }

    /// <summary>Empty means none, missing means the default.</summary>
    private DailyWindow? QuietHours(string name, DailyWindow? missing)
    {
        if (Text(name) is not { } text)
            return _configuration[$"{Root}:{name}"] is null ? missing : null;
        return DailyWindow.TryParse(text, out DailyWindow window)
            ? window
            : throw Wrong(name, text, "hours such as 21:00-09:00, or nothing for none");
    }

    private void RefuseUnknown()
    {
        foreach ((string key, string? value) in _configuration.GetSection(Root).AsEnumerable())
        {
            if (value is not null && key != Root && !_known.Contains(key))
                throw new WrongSettingException(key, value, "nothing: there is no such setting. There are " + string.Join(", ", _known));
        }
    }

    private static WrongSettingException Wrong(string name, string value, string allowed) => new($"{Root}:{name}", value, allowed);
}
