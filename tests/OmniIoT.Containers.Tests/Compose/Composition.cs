using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Containers;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Containers.Tests.Compose;

/// <summary>One of the compose files as its users run it, built from this source, under a name and on ports of its own.</summary>
internal sealed class Composition : IAsyncDisposable
{
    /// <summary>What a composition has built the platform into.</summary>
    public const string Image = $"omniiot:{Version}";

    public const string InfluxToken = "token-of-the-tests";

    private const string Version = "test";

    private const string GrafanaPassword = "grafana-of-the-tests";

    public const string ApiKey = "6b65792d6f662d7468652d7465737473";

    private readonly TemporaryDirectory _directory = new();
    private readonly string[] _compose;

    private Composition(IReadOnlyList<string> program, string file)
    {
        string settings = Path.Combine(_directory.Path, ".env");
        File.WriteAllLines(settings, Settings());
        string name = "test-" + Path.GetFileNameWithoutExtension(file).Replace('.', '-');
        _compose = [.. program, "--env-file", settings, "-p", name, "-f", Path.Combine(Repository.Root, file)];
        Api.BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{HttpPort}/api/v1/"));
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    public int HttpPort { get; } = FreePort.Find();

    public int MqttPort { get; } = FreePort.Find();

    private int GrafanaPort { get; } = FreePort.Find();

    /// <summary>With full rights; the base address is <c>/api/v1/</c>.</summary>
    public HttpClient Api { get; } = new();

    /// <summary>Builds the platform and starts services; skips the test where no engine answers or an image is not to be had.</summary>
    public static async Task<Composition> UpAsync(string file, params string[] services)
    {
        IReadOnlyList<string> program = await ComposeProgram.RequireAsync();
        await NeededImages.RequireAsync(file);
        Composition composition = new(program, file);
        try
        {
            // What a killed run left.
            await composition.RunAsync("down", "--volumes", "--remove-orphans");
            await DockerCommand.RunAsync(DockerCommand.BuildPatience, [.. composition._compose, "build"]);
            await composition.RunAsync(["up", "--detach", "--no-build", .. services]);
            return composition;
        }
        catch
        {
            await composition.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a command of Compose; what it said.</summary>
    public Task<string> RunAsync(params string[] arguments) => DockerCommand.RunAsync(TimeSpan.FromMinutes(3), [.. _compose, .. arguments]);

    /// <summary>What Docker knows of a service's container, in the words of a template of <c>docker inspect</c>.</summary>
    public async Task<string> InspectAsync(string service, string template) =>
        await DockerCommand.RunAsync("inspect", "--format", template, (await RunAsync("ps", "--all", "--quiet", service)).Trim());

    /// <summary>Returns once Docker calls them healthy.</summary>
    public async Task HealthyAsync(params string[] services)
    {
        foreach (string service in services)
        {
            await Awaited.Seen(
                async () => await InspectAsync(service, "{{.State.Health.Status}}") is "healthy" and var status ? status : null,
                $"health of {service}",
                TimeSpan.FromMinutes(2)
            );
        }
    }

    /// <summary>An address of a service within the network of the composition.</summary>
    public async Task<Uri> AddressAsync(string service, int port) =>
        new UriBuilder(
            Uri.UriSchemeHttp,
            await InspectAsync(service, "{{range .NetworkSettings.Networks}}{{.IPAddress}}{{end}}"),
            port
        ).Uri;

    /// <summary>Grafana's administrator; the base address is <c>/api/</c>.</summary>
    public HttpClient Grafana()
    {
        HttpClient grafana = new()
        {
            BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{GrafanaPort}/api/")),
        };
        grafana.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.ASCII.GetBytes($"admin:{GrafanaPassword}"))
        );
        return grafana;
    }

    /// <summary>Looks until the answer is as awaited; one that failed, as when a process is lost, is not.</summary>
    public Task<JsonNode> SeenAsync(string path, Func<JsonNode, bool> isIt, string what) =>
        Awaited.Seen(
            async () =>
            {
                try
                {
                    return await Api.ReadAsync(path) is { } found && isIt(found) ? found : null;
                }
                catch (HttpRequestException)
                {
                    return null;
                }
            },
            what
        );

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down", "--volumes", "--remove-orphans");
        Api.Dispose();
        _directory.Dispose();
    }

    private IEnumerable<string> Settings() =>
        [
            $"OMNIIOT_VERSION={Version}",
            $"OMNIIOT_API_KEY={ApiKey}",
            $"OMNIIOT_CLUSTER_KEY={Convert.ToBase64String(new byte[32])}",
            "OMNIIOT_DATABASE_PASSWORD=database-of-the-tests",
            "POSTGRES_PASSWORD=postgres-of-the-tests",
            $"INFLUX_TOKEN={InfluxToken}",
            "INFLUX_PASSWORD=influx-of-the-tests",
            $"GRAFANA_PASSWORD={GrafanaPassword}",
            string.Create(CultureInfo.InvariantCulture, $"OMNIIOT_HTTP_PORT={HttpPort}"),
            string.Create(CultureInfo.InvariantCulture, $"OMNIIOT_MQTT_PORT={MqttPort}"),
            string.Create(CultureInfo.InvariantCulture, $"GRAFANA_PORT={GrafanaPort}"),
        ];
}
