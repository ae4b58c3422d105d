using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Scenarios.AzureSdk;

/// <summary>The whole platform as a process, with MQTT over TLS, for devices that take it for an IoT hub.</summary>
internal sealed class AzureHub : IAsyncDisposable
{
    public const string Device = "press-7";

    private const string Model = """
        { "name": "Press", "metrics": { "temperature": { "unit": "Cel" } }, "commands": { "restart": {}, "slow-spin": {} }, "rules": [] }
        """;

    private readonly TemporaryDirectory _files = new();
    private readonly TestAuthority _authority = new();
    private readonly int _port = FreePort.Find();
    private readonly TemporaryDirectory _data = new();

    public HostProcess Host { get; private set; } = null!;

    /// <summary>The device's secret, as it was printed.</summary>
    public string Secret { get; private set; } = "";

    public HttpClient Api => Host.Api;

    public static async Task<AzureHub> StartAsync()
    {
        AzureHub hub = new();
        TestAuthority.Write(hub._authority.Issue("localhost"), hub._files.Path, "server");
        await File.WriteAllTextAsync(hub.PathOf("ca.pem"), hub._authority.Certificate.ExportCertificatePem());
        await hub.StartHostAsync();
        await hub.Api.PutAsync("models/press", Model);
        hub.Secret = (string)(await hub.Api.PutAsync("devices/" + Device, """{ "model": "press" }"""))["secret"]!;
        return hub;
    }

    /// <summary>Ends the process and starts it on the same data and port.</summary>
    public async Task RestartAsync()
    {
        Assert.Equal(0, await Host.StopAsync());
        await Host.DisposeAsync();
        await StartHostAsync();
    }

    public string ConnectionString(string? key = null) =>
        string.Create(CultureInfo.InvariantCulture, $"HostName=localhost:{_port};DeviceId={Device};SharedAccessKey={key ?? Secret}");

    public string ConnectionStringOfGateway(string hub) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"HostName={hub};GatewayHostName=localhost:{_port};DeviceId={Device};SharedAccessKey={Secret}"
        );

    /// <summary>Starts a device with the connection string of its secret.</summary>
    /// <param name="plan">What it does besides connecting, as <c>device.js</c> understands it.</param>
    public Task<LineProcess> ConnectAsync(string plan = "{}", string? connectionString = null)
    {
        JsonObject whole = JsonNode.Parse(plan)!.AsObject();
        whole["connection"] = connectionString ?? ConnectionString();
        whole["ca"] = PathOf("ca.pem");
        return SdkDevice.StartAsync(whole.ToJsonString());
    }

    /// <summary>Starts a device with a client certificate for a common name.</summary>
    public Task<LineProcess> ConnectByCertificateAsync(string commonName, string plan)
    {
        (string certificate, string key) = TestAuthority.Write(_authority.Issue(commonName), _files.Path, "device-" + commonName);
        JsonObject whole = JsonNode.Parse(plan)!.AsObject();
        whole["cert"] = certificate;
        whole["key"] = key;
        return ConnectAsync(
            whole.ToJsonString(),
            string.Create(CultureInfo.InvariantCulture, $"HostName=localhost:{_port};DeviceId={Device};x509=true")
        );
    }

    public async Task<JsonNode> TwinAsync(Func<JsonNode, bool> isIt, string what) =>
        await Api.SeenAsync($"devices/{Device}/twin", isIt, what);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        _authority.Dispose();
        _files.Dispose();
        _data.Dispose();
    }

    private async Task StartHostAsync() =>
        Host = await HostProcess.StartAsync(
            _data.Path,
            string.Create(CultureInfo.InvariantCulture, $"--OmniIoT:Mqtt:TlsPort={_port}"),
            $"--OmniIoT:Mqtt:Certificate={PathOf("server.pem")}",
            $"--OmniIoT:Mqtt:CertificateKey={PathOf("server.key")}",
            $"--OmniIoT:Mqtt:ClientAuthorities={PathOf("ca.pem")}"
        );

    private string PathOf(string file) => Path.Combine(_files.Path, file);
}

internal static class DeviceLines
{
    /// <summary>The first line of that kind, now or later; what stands behind the word.</summary>
    public static async Task<JsonNode> ToldAsync(this LineProcess device, string what) =>
        JsonNode.Parse(
            (await device.SeenAsync(line => line.StartsWith(what + " ", StringComparison.Ordinal), $"line '{what} …' of the device"))[
                what.Length..
            ]
        )!;

    public static Task<string> SaidAsync(this LineProcess device, string word) =>
        device.SeenAsync(line => line == word, $"line '{word}' of the device");
}
