using System.Globalization;
using Microsoft.Extensions.Configuration;
using OmniIoT.Devices;
using OmniIoT.Edge.Hardware;

namespace OmniIoT.Edge;

/// <summary>The options, or everything that is wrong with them, each with its key.</summary>
public sealed record AgentOptionsResult(AgentOptions? Options, IReadOnlyList<string> Mistakes);

/// <summary>
/// Reads the agent's options from layered configuration: keys as in the JSON file, <c>deviceId secret secretFile host
/// port tls samplingInterval sysfs sensors queue:path queue:maxCount queue:maxBytes queue:maxAge</c>.
/// </summary>
public sealed class AgentOptionsReader
{
    /// <summary>Of every environment variable, as <c>OMNIIOT_EDGE_DeviceId</c> or <c>OMNIIOT_EDGE_Queue__Path</c>.</summary>
    public const string EnvironmentPrefix = "OMNIIOT_EDGE_";

    private readonly IConfiguration _configuration;
    private readonly List<string> _mistakes = [];

    private AgentOptionsReader(IConfiguration configuration) => _configuration = configuration;

    public static AgentOptionsResult Read(IConfiguration configuration)
    {
        var reader = new AgentOptionsReader(configuration);
        var options = reader.Read();
        return reader._mistakes.Count == 0 ? new(options, []) : new(null, reader._mistakes);
    }

    private AgentOptions Read()
    {
        var standard = new AgentOptions { DeviceId = "", Secret = "" };
        return new AgentOptions
        {
            DeviceId = DeviceId(),
            Secret = Secret(),
            Host = _configuration["host"] ?? standard.Host,
            Port = (int)Number(_configuration, "port", standard.Port, 1, 65_535),
            Tls = Flag("tls"),
            SamplingInterval = Span(_configuration, "samplingInterval", standard.SamplingInterval),
            Sysfs = _configuration["sysfs"] ?? standard.Sysfs,
            Sensors = [.. _configuration.GetSection("sensors").GetChildren().Select(Sensor).OfType<SensorSpec>()],
            QueuePath = _configuration["queue:path"] ?? standard.QueuePath,
            Limits = new QueueLimits
            {
                MaxCount = (long)Number(_configuration, "queue:maxCount", standard.Limits.MaxCount, 1, 1e12),
                MaxBytes = (long)Number(_configuration, "queue:maxBytes", standard.Limits.MaxBytes, 1024, 1e15),
                MaxAge = Span(_configuration, "queue:maxAge", standard.Limits.MaxAge),
            },
        };
    }

    private string DeviceId()
    {
        var id = _configuration["deviceId"] ?? "";
        if (!Identifier.IsValid(id)) Mistake("deviceId", id, Identifier.Allowed);
        return id;
    }

    private string Secret()
    {
        if (_configuration["secret"] is { Length: > 0 } secret) return secret;
        if (_configuration["secretFile"] is not { Length: > 0 } file)
        {
            _mistakes.Add("secret: give it, or the path of a file that holds it as secretFile");
            return "";
        }
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            _mistakes.Add($"secretFile: {failure.Message}");
            return "";
        }
    }

    private SensorSpec? Sensor(IConfigurationSection section)
    {
        var standard = new SensorSpec { Kind = SensorKind.Simulated, Metric = "" };
        var metric = section["metric"] ?? "";
        if (metric.Length == 0) Mistake($"{section.Path}:metric", metric, "a name");
        if (!Enum.TryParse<SensorKind>(section["kind"], ignoreCase: true, out var kind))
        {
            Mistake($"{section.Path}:kind", section["kind"], "hwmon, iio, oneWire or simulated");
            return null;
        }
        var spec = new SensorSpec
        {
            Kind = kind,
            Metric = metric,
            Device = section["device"],
            Channel = section["channel"],
            Mean = Number(section, "mean", standard.Mean, double.MinValue, double.MaxValue),
            Amplitude = Number(section, "amplitude", standard.Amplitude, double.MinValue, double.MaxValue),
            Period = Span(section, "period", standard.Period),
        };
        return IsOpenable(spec, section) ? spec : null;
    }

    private bool IsOpenable(SensorSpec spec, IConfigurationSection section)
    {
        try
        {
            new SensorBus("", TimeProvider.System).Open(spec);
            return true;
        }
        catch (ArgumentException)
        {
            Mistake($"{section.Path}:channel", spec.Channel, "a channel that the kind has, as temp1");
            return false;
        }
    }

    private double Number(IConfiguration section, string key, double standard, double least, double most)
    {
        if (section[key] is not { } text) return standard;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most) return number;
        Mistake(key, text, string.Create(CultureInfo.InvariantCulture, $"a number of {least} to {most}"));
        return standard;
    }

    private TimeSpan Span(IConfiguration section, string key, TimeSpan standard)
    {
        if (section[key] is not { } text) return standard;
        if (Duration.TryParse(text, out var span)) return span;
        Mistake(key, text, Duration.Allowed);
        return standard;
    }

    private bool Flag(string key)
    {
        if (_configuration[key] is not { } text) return false;
        if (bool.TryParse(text, out var flag)) return flag;
        Mistake(key, text, "true or false");
        return false;
    }

    private void Mistake(string key, string? value, string allowed) => _mistakes.Add($"{key}: '{value}' is not {allowed}");
}
