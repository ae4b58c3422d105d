using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmniIoT.Devices;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Places;
using OmniIoT.Gateway;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Mqtt;

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
            Mqtt = ReadMqtt(
                Flag("Mqtt:AllowAnonymous") == true ? MqttGatewayOptions.Laboratory : defaults.Mqtt
            ),
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
            },
            Sparkplug = new SparkplugOptions
            {
                HostId = Id("Sparkplug:HostId") ?? defaults.Sparkplug.HostId,
                AutoRegister = Flag("Sparkplug:AutoRegister") ?? defaults.Sparkplug.AutoRegister,
                Nodes = new EdgeNodeSettings
                {
                    ReorderWait =
                        Span("Sparkplug:ReorderWait", TimeSpan.Zero, TimeSpan.FromMinutes(1))
                        ?? defaults.Sparkplug.Nodes.ReorderWait,
                    MaximumDevices =
                        Whole("Sparkplug:DevicesPerNode", 0, int.MaxValue)
                        ?? defaults.Sparkplug.Nodes.MaximumDevices,
                },
            },
            TelemetryRetention = Span("Telemetry:Retention"),
        };
    }

    private MqttGatewayOptions ReadMqtt(MqttGatewayOptions defaults) =>
        defaults with
        {
            ClientAuthorities =
                Certificates("Mqtt:ClientAuthorities") ?? defaults.ClientAuthorities,
            MaximumConnections =
                Whole("Mqtt:Limits:Connections", 1, int.MaxValue) ?? defaults.MaximumConnections,
            MaximumConnectionsPerAddress =
                Whole("Mqtt:Limits:ConnectionsPerAddress", 1, int.MaxValue)
                ?? defaults.MaximumConnectionsPerAddress,
            ConnectTimeout =
                Span("Mqtt:Limits:ConnectTime", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1))
                ?? defaults.ConnectTimeout,
            MaximumPacketSize =
                Whole("Mqtt:Limits:PacketBytes", 1024, VariableByteInteger.Maximum)
                ?? defaults.MaximumPacketSize,
            MaximumSubscriptions =
                Whole("Mqtt:Limits:Subscriptions", 1, int.MaxValue)
                ?? defaults.MaximumSubscriptions,
            MaximumRetained =
                Whole("Mqtt:Limits:Retained", 0, int.MaxValue) ?? defaults.MaximumRetained,
            MaximumTopicLevels =
                Whole("Mqtt:Limits:TopicLevels", 5, ushort.MaxValue) ?? defaults.MaximumTopicLevels,
            MaximumQueuedMessages =
                Whole("Mqtt:Limits:QueuedMessages", 1, int.MaxValue)
                ?? defaults.MaximumQueuedMessages,
            MaximumQueuedBytes =
                Whole("Mqtt:Limits:QueuedBytes", 1024, int.MaxValue) ?? defaults.MaximumQueuedBytes,
            MaximumQueuedBytesInAll =
                Whole("Mqtt:Limits:QueuedBytesInAll", 1024 * 1024, int.MaxValue)
                ?? defaults.MaximumQueuedBytesInAll,
            MaximumMessagesPerSecond =
                Whole("Mqtt:Limits:MessagesPerSecond", 1, int.MaxValue)
                ?? defaults.MaximumMessagesPerSecond,
            MaximumSessionExpiry =
                Span("Mqtt:Limits:SessionExpiry", TimeSpan.Zero, TimeSpan.FromDays(10_000))
                ?? defaults.MaximumSessionExpiry,
            BadSignInsPerAddress =
                Whole("Mqtt:Limits:BadSignIns", 1, int.MaxValue) ?? defaults.BadSignInsPerAddress,
            BadSignInPause =
                Span("Mqtt:Limits:BadSignInPause", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1))
                ?? defaults.BadSignInPause,
            LimitsLoopback = Flag("Mqtt:Limits:Loopback") ?? defaults.LimitsLoopback,
        };

    private static void CheckTogether(HostSettings settings)
    {
        if (settings.MqttTlsPort is not null && settings.Certificate is null)
            throw new WrongSettingException(
                $"{Root}:Mqtt:Certificate",
                "",
                $"a PEM file, because {Root}:Mqtt:TlsPort is set"
            );
        if (!IPAddress.IsLoopback(settings.Bind) && settings.ApiKey is null)
            throw new WrongSettingException(
                $"{Root}:Bind",
                settings.Bind.ToString(),
                $"a loopback address, or any other once {Root}:Api:Key is set: the credentials are the default ones"
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
        Text(name) is not { } key || !key.Any(char.IsWhiteSpace)
            ? Text(name)
            : throw Wrong(name, "***", "a key without blanks");

    private int? Port(string name) => Whole(name, 0, ushort.MaxValue);

    private int? Whole(string name, int least, int most)
    {
        if (Text(name) is not { } text)
            return null;
        return
            int.TryParse(
                text,
                NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture,
                out int value
            )
            && value >= least
            && value <= most
            ? value
            : throw Wrong(name, text, $"a whole number from {least} to {most}");
    }

    private bool? Flag(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return bool.TryParse(text, out bool value)
            ? value
            : throw Wrong(name, text, "true or false");
    }

    private string? Id(string name) =>
        Text(name) is not { } id || Identifier.IsValid(id)
            ? Text(name)
            : throw Wrong(name, id, Identifier.Allowed);

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
        Text(name) is not { } path || File.Exists(path)
            ? Text(name)
            : throw Wrong(name, path, "the path of a PEM file that exists");

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
        return certificates.Count > 0
            ? certificates
            : throw Wrong(name, path, "a PEM file of certificates, and it holds none");
    }

    private TimeSpan? Span(string name, TimeSpan least, TimeSpan most)
    {
        if (Span(name) is not { } span)
            return null;
        return span >= least && span <= most
            ? span
            : throw Wrong(name, Text(name)!, $"{Duration.Allowed}, from {least} to {most}");
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
                throw new WrongSettingException(
                    key,
                    value,
                    "nothing: there is no such setting. There are " + string.Join(", ", _known)
                );
        }
    }

    private static WrongSettingException Wrong(string name, string value, string allowed) =>
        new($"{Root}:{name}", value, allowed);
}
