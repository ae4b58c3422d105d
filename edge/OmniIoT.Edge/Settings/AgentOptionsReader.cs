using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using OmniIoT.Devices;
using OmniIoT.Edge.Enrolment;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Local;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Rules;
using OmniIoT.Edge.Updates;

namespace OmniIoT.Edge.Settings;

/// <summary>The options, or everything that is wrong with them, each with its key.</summary>
public sealed record AgentOptionsResult(AgentOptions? Options, IReadOnlyList<string> Mistakes);

/// <summary>
/// Reads the agent's options from layered configuration: keys as in the JSON file, <c>cloud:host cloud:port cloud:tls cloud:deviceId
/// cloud:secret cloud:secretFile cloud:enrollment queue:directory queue:maxMegabytes queue:maxAgeDays samplingInterval backlogPerSecond
/// sysfs sensors outputs rules local modbus updates simulate</c>. What is under <c>cloud</c> may stand at the root as well, and
/// <c>queue:path</c> is an older name of its directory.
/// </summary>
public sealed class AgentOptionsReader
{
    /// <summary>Of every environment variable, as <c>OMNIIOT_EDGE_Cloud__DeviceId</c> or <c>OMNIIOT_EDGE_Queue__Directory</c>.</summary>
    public const string EnvironmentPrefix = "OMNIIOT_EDGE_";

    private const double BytesPerMegabyte = 1024 * 1024;
    private static readonly string[] CloudKeys = ["host", "port", "tls", "deviceId", "secret", "secretFile", EnrolmentSettings.Key];
    private static readonly string[] QueueKeys = ["directory", "path", "maxMegabytes", "maxAgeDays"];
    private static readonly string[] OwnKeys =
    [
        "cloud",
        "queue",
        "samplingInterval",
        "backlogPerSecond",
        "sysfs",
        "sensors",
        "outputs",
        RuleBook.Property,
        "local",
        "updates",
        ModbusSettings.Type,
        Simulate,
    ];

    /// <summary>The option that has a product played instead of sensors read.</summary>
    public const string Simulate = "simulate";

    private readonly List<string> _mistakes = [];
    private readonly SettingsSection _settings;
    private readonly SettingsSection _cloud;
    private readonly SettingsSection _queue;

    private AgentOptionsReader(IConfiguration configuration)
    {
        _settings = new SettingsSection(configuration, _mistakes);
        (_cloud, _queue) = (_settings.Part("cloud"), _settings.Part("queue"));
    }

    public static AgentOptionsResult Read(IConfiguration configuration)
    {
        AgentOptionsReader reader = new(configuration);
        AgentOptions options = reader.Read();
        return reader._mistakes.Count == 0 ? new(options, []) : new(null, reader._mistakes);
    }

    private AgentOptions Read()
    {
        _settings.AllowOnly([.. OwnKeys, .. CloudKeys]);
        _cloud.AllowOnly(CloudKeys);
        _queue.AllowOnly(QueueKeys);
        AgentOptions standard = new() { DeviceId = "", Secret = "" };
        AgentOptions options = new()
        {
            DeviceId = DeviceId(),
            Secret = Secret(),
            Enrolment = EnrolmentSettings.Read(Cloud(EnrolmentSettings.Key)),
            Host = Host(standard.Host),
            Port = Cloud("port").Whole("port", 1, 65_535) ?? standard.Port,
            Tls = CloudTls.Read(Cloud("tls")),
            SamplingInterval = LiveSettings.IntervalOf(_settings, "samplingInterval", standard.SamplingInterval),
            BacklogPerSecond = _settings.Whole("backlogPerSecond", 1, 100_000) ?? standard.BacklogPerSecond,
            Sysfs = _settings.Text("sysfs") ?? standard.Sysfs,
            QueueDirectory = Directory(standard.QueueDirectory),
            Limits = Limits(standard.Limits),
        };
        // Opened for their quantities only, which touches no hardware.
        Board board = new(options.Sysfs, TimeProvider.System);
        options = options with
        {
            Sensors = Product(options.SamplingInterval) ?? new SensorSettings(options.SamplingInterval, board).Read(_settings),
            Outputs = OutputSettings.Read(_settings),
            Local = LocalSettings.Read(_settings),
            Updates = UpdateSettings.Read(_settings),
        };
        return options with { Rules = Rules(options, board) };
    }

    /// <summary>Null: none is to be played.</summary>
    private IReadOnlyList<SensorSpec>? Product(TimeSpan every)
    {
        if (_settings.Text(Simulate) is not { } product)
            return null;
        if (SimulatedProducts.Find(product, every) is { } sensors)
            return sensors;
        _settings.Mistake(Simulate, product, $"one of {string.Join(", ", SimulatedProducts.Names)}");
        return [];
    }

    private RuleBook? Rules(AgentOptions options, Board board)
    {
        JsonNode? rules = _settings.Json(RuleBook.Property);
        RuleBook? book = RuleBook.Read(rules, options.Names(board), out IReadOnlyList<(string[] Place, string Message)> mistakes);
        foreach ((string[] place, string message) in mistakes)
            _settings.Mistake($"{string.Join(':', [RuleBook.Property, .. place])}: {message}");
        return book;
    }

    /// <summary>The section where this key is.</summary>
    private SettingsSection Cloud(string key) => _cloud.Has(key) ? _cloud : _settings;

    private string DeviceId()
    {
        SettingsSection section = Cloud("deviceId");
        string id = section.Text("deviceId") ?? "";
        if (!Identifier.IsValid(id))
            section.Mistake("deviceId", id, Identifier.Allowed);
        return id;
    }

    private string Host(string standard)
    {
        SettingsSection section = Cloud("host");
        string host = section.Text("host") ?? standard;
        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            section.Mistake("host", host, "the name of a host or its IP address");
        return host;
    }

    private string Directory(string standard)
    {
        string directory = _queue.Text("directory") ?? _queue.Text("path") ?? standard;
        if (directory.Contains('\0', StringComparison.Ordinal))
            _queue.Mistake("directory", directory, "the path of a directory");
        return directory;
    }

    private QueueLimits Limits(QueueLimits standard) =>
        new()
        {
            MaxBytes = (long)(BytesPerMegabyte * _queue.Number("maxMegabytes", standard.MaxBytes / BytesPerMegabyte, 1, 1e6)),
            // A tenth of a second at least.
            MaxAge = TimeSpan.FromDays(_queue.Number("maxAgeDays", standard.MaxAge.TotalDays, 1e-6, 36_500)),
        };

    private string Secret()
    {
        if (Cloud("secret").Text("secret") is { } secret)
            return secret;
        if (Cloud("secretFile").File("secretFile") is { } content)
            return content;
        if (!Cloud(EnrolmentSettings.Key).Has(EnrolmentSettings.Key))
            _settings.Mistake("secret: give it, or the path of a file that holds it as secretFile, or an enrollment");
        return "";
    }
}
