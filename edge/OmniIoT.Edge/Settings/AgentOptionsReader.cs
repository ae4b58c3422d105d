using Microsoft.Extensions.Configuration;
using OmniIoT.Devices;
using OmniIoT.Edge.Hardware;
using OmniIoT.Edge.Queue;

namespace OmniIoT.Edge.Settings;

/// <summary>The options, or everything that is wrong with them, each with its key.</summary>
public sealed record AgentOptionsResult(AgentOptions? Options, IReadOnlyList<string> Mistakes);

/// <summary>
/// Reads the agent's options from layered configuration: keys as in the JSON file, <c>deviceId secret secretFile host
/// port tls samplingInterval sysfs sensors outputs queue:path queue:maxCount queue:maxBytes queue:maxAge</c>.
/// </summary>
public sealed class AgentOptionsReader
{
    /// <summary>Of every environment variable, as <c>OMNIIOT_EDGE_DeviceId</c> or <c>OMNIIOT_EDGE_Queue__Path</c>.</summary>
    public const string EnvironmentPrefix = "OMNIIOT_EDGE_";

    private readonly List<string> _mistakes = [];
    private readonly SettingsSection _settings;

    private AgentOptionsReader(IConfiguration configuration) => _settings = new SettingsSection(configuration, _mistakes);

    public static AgentOptionsResult Read(IConfiguration configuration)
    {
        AgentOptionsReader reader = new(configuration);
        AgentOptions options = reader.Read();
        return reader._mistakes.Count == 0 ? new(options, []) : new(null, reader._mistakes);
    }

    private AgentOptions Read()
    {
        AgentOptions standard = new AgentOptions { DeviceId = "", Secret = "" };
        AgentOptions options = new AgentOptions
        {
            DeviceId = DeviceId(),
            Secret = Secret(),
            Host = _settings.Text("host") ?? standard.Host,
            Port = (int)_settings.Number("port", standard.Port, 1, 65_535),
            Tls = _settings.Flag("tls"),
            SamplingInterval = LiveSettings.IntervalOf(_settings, "samplingInterval", standard.SamplingInterval),
            Sysfs = _settings.Text("sysfs") ?? standard.Sysfs,
            QueuePath = _settings.Text("queue:path") ?? standard.QueuePath,
            Limits = new QueueLimits
            {
                MaxCount = (long)_settings.Number("queue:maxCount", standard.Limits.MaxCount, 1, 1e12),
                MaxBytes = (long)_settings.Number("queue:maxBytes", standard.Limits.MaxBytes, 1024, 1e15),
                MaxAge = _settings.Span("queue:maxAge", standard.Limits.MaxAge),
            },
        };
        // Opened for their quantities only, which touches no hardware.
        Board board = new(options.Sysfs, TimeProvider.System);
        return options with
        {
            Sensors = new SensorSettings(options.SamplingInterval, board).Read(_settings),
            Outputs = OutputSettings.Read(_settings),
        };
    }

    private string DeviceId()
    {
        string id = _settings.Text("deviceId") ?? "";
        if (!Identifier.IsValid(id))
            _settings.Mistake("deviceId", id, Identifier.Allowed);
        return id;
    }

    private string Secret()
    {
        if (_settings.Text("secret") is { } secret)
            return secret;
        if (_settings.Text("secretFile") is not { } file)
        {
            _settings.Mistake("secret: give it, or the path of a file that holds it as secretFile");
            return "";
        }
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _settings.Mistake($"secretFile: {failure.Message}");
            return "";
        }
    }
}
