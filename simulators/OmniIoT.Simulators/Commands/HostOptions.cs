using System.CommandLine;
using System.CommandLine.Parsing;

namespace OmniIoT.Simulators.Commands;

/// <summary>The options that every sub-command shares: where the host is, and the seed of chance.</summary>
internal sealed class HostOptions
{
    private const string KeyVariable = "OMNIIOT_API_KEY";

    public Option<string> Mqtt { get; } =
        new("--mqtt") { Description = "Address of the host's MQTT, as host:port.", DefaultValueFactory = _ => "127.0.0.1:1883" };

    public Option<Uri> Http { get; } =
        new("--http")
        {
            Description = "Address of the host's REST interface.",
            DefaultValueFactory = _ => new Uri("http://127.0.0.1:5080"),
            CustomParser = ParseUri,
        };

    public Option<string?> ApiKey { get; } =
        new("--api-key")
        {
            Description = $"The host's API key, printed at its first start. Default: environment variable {KeyVariable}.",
            DefaultValueFactory = _ => Environment.GetEnvironmentVariable(KeyVariable),
        };

    public Option<int> Seed { get; } =
        new("--seed") { Description = "Seed of chance: the same seed tells the same story.", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        Mqtt.Validators.Add(result =>
        {
            if (!TryParse(result.GetValueOrDefault<string>(), out _, out _))
                result.AddError("--mqtt takes host:port with a port of 1 to 65535.");
        });
        command.Options.Add(Mqtt);
        command.Options.Add(Http);
        command.Options.Add(ApiKey);
        command.Options.Add(Seed);
    }

    public HostAddress Read(ParseResult result)
    {
        if (!TryParse(result.GetValue(Mqtt), out string? host, out int port))
            throw new SimulationException("--mqtt takes host:port.");
        return new HostAddress(host, port, result.GetValue(Http)!, result.GetValue(ApiKey));
    }

    private static bool TryParse(string? text, out string host, out int port)
    {
        int colon = text?.LastIndexOf(':') ?? -1;
        host = colon > 0 ? text![..colon] : "";
        port = 0;
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), out port) && port is > 0 and <= 65535;
    }

    private static Uri? ParseUri(ArgumentResult result)
    {
        if (Uri.TryCreate(result.Tokens.Single().Value, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https")
            return uri;
        result.AddError("--http takes an address as http://127.0.0.1:5080.");
        return null;
    }
}
