using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Devices;

/// <summary>A fleet enrols itself, with the tools that a factory and a device have: openssl, HTTP, mosquitto's client.</summary>
public sealed class SelfEnrolmentTests : IAsyncLifetime
{
    private const string Model = """
        { "name": "Washer W2", "metrics": { "temperature": { "unit": "Cel" } },
          "rules": [ { "type": "overheat", "severity": "major", "when": "temperature > 80", "case": { "title": "{{device.name}} runs hot" } } ] }
        """;

    private readonly TemporaryDirectory _factory = new();
    private HostProcess _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await HostProcess.StartAsync();
        await _host.Api.PutAsync("models/washer-w2", Model);
        await _host.Api.PutAsync("customers/aysel", """{ "name": "Aysel" }""");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _factory.Dispose();
    }

    [Fact]
    public async Task A_device_enrols_by_the_fleets_key_is_claimed_and_its_trouble_reaches_its_owner()
    {
        string key = (string)
            (await _host.Api.PutAsync("enrollments/washers", """{ "model": "washer-w2", "idPattern": "washer-*" }"""))["key"]!;

        JsonNode device = await ProvisionAsync(
            key,
            """{ "enrollment": "washers", "deviceId": "washer-7", "model": "washer-w2", "name": "Washer 7" }"""
        );
        MosquittoClient washer = new((int)device["mqtt"]!["port"]!, "washer-7", (string)device["secret"]!);
        await washer.PublishAsync("devices/washer-7/telemetry", """{ "temperature": 40 }""");
        Assert.Empty(await _host.Api.ListAsync("customers/aysel/timeline"));
        await ClaimAsync((string)device["claimCode"]!);
        await washer.PublishAsync("devices/washer-7/telemetry", """{ "temperature": 91 }""");

        IReadOnlyList<JsonNode> timeline = await _host.Api.ListAsync("customers/aysel/timeline");
        Assert.Equal(["case.opened", "alarm.raised", "device.linked"], timeline.Select(entry => (string)entry["kind"]!));
        Assert.All(timeline, entry => Assert.Equal("washer-7", (string?)entry["refs"]!["deviceId"]));
        JsonNode opened = Assert.Single(await _host.Api.ListAsync("cases?customerId=aysel"));
        Assert.Equal("Washer 7 runs hot", (string?)opened["title"]);
        JsonNode record = Assert.Single(await _host.Api.ListAsync("enrollments/washers/registrations"));
        Assert.Equal(("washer-7", "registered"), ((string?)record["deviceId"], (string?)record["outcome"]));
        Assert.Empty(_host.Errors);
    }

    [Fact]
    public async Task A_token_that_a_factory_makes_with_openssl_lets_its_device_in()
    {
        InstalledProgram.Require("openssl");
        string key = (string)(await _host.Api.PutAsync("enrollments/washers", """{ "model": "washer-w2" }"""))["key"]!;
        string token = await ShellAsync($"printf %s washer-8 | openssl dgst -sha256 -hmac '{key}' -binary | base64");

        JsonNode device = await ProvisionAsync(token, """{ "enrollment": "washers", "deviceId": "washer-8", "model": "washer-w2" }""");

        await new MosquittoClient(_host.MqttPort, "washer-8", (string)device["secret"]!).PublishAsync(
            "devices/washer-8/telemetry",
            """{ "temperature": 40 }"""
        );
        Assert.Equal(40, (int)(await _host.Api.ReadAsync("devices/washer-8/twin"))["values"]!["temperature"]!["value"]!);
        Assert.Empty(_host.Errors);
    }

    [Theory]
    [InlineData("ec -pkeyopt ec_paramgen_curve:P-256", "")]
    [InlineData("rsa:2048", "")]
    [InlineData("rsa:2048", "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest")]
    public async Task A_certificate_that_openssl_made_lets_its_device_in(string newKey, string signing)
    {
        InstalledProgram.Require("openssl");
        string timestamp = TimeProvider.System.GetUtcNow().ToString("O");
        await ShellAsync(
            $"""
            openssl req -x509 -newkey {newKey} -nodes -keyout ca.key -out ca.pem -subj '/CN=Fleet' -days 30
            openssl req -newkey {newKey} -nodes -keyout device.key -out device.csr -subj '/CN=washer-9'
            openssl x509 -req -in device.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out device.pem -days 30
            printf 'washer-9\nwashers\n%s' '{timestamp}' > message
            openssl dgst -sha256 -sign device.key {signing} -out signature message
            """
        );
        JsonObject terms = new() { ["model"] = "washer-w2", ["certificateAuthority"] = await ReadAsync("ca.pem") };
        await _host.Api.PutAsync("enrollments/washers", terms.ToJsonString());
        JsonObject certificate = new()
        {
            ["chain"] = await ReadAsync("device.pem"),
            ["timestamp"] = timestamp,
            ["signature"] = Convert.ToBase64String(await File.ReadAllBytesAsync(Path.Combine(_factory.Path, "signature"))),
        };
        JsonObject attempt = new()
        {
            ["enrollment"] = "washers",
            ["deviceId"] = "washer-9",
            ["model"] = "washer-w2",
            ["certificate"] = certificate,
        };

        await ProvisionAsync(null, attempt.ToJsonString());

        string fingerprint = (await ShellAsync("openssl x509 -in device.pem -noout -fingerprint -sha256")).Split('=')[1];
        JsonNode mapped = Assert.Single(await _host.Api.ListAsync("devices/washer-9/certificates"));
        Assert.Equal(fingerprint.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant(), (string?)mapped["thumbprint"]);
        Assert.Empty(_host.Errors);
    }

    /// <summary>As a device does it, which knows no API key.</summary>
    private async Task<JsonNode> ProvisionAsync(string? bearer, string body)
    {
        using HttpClient device = ClientWith(bearer);
        return await device.PostAsync("provision", body);
    }

    /// <summary>As the customer's app does it.</summary>
    private async Task ClaimAsync(string code)
    {
        using HttpClient app = ClientWith((string)(await _host.Api.PostAsync("customers/aysel/app-token"))["token"]!);
        JsonNode claimed = await app.PostAsync("customers/aysel/claims", new JsonObject { ["code"] = code }.ToJsonString());
        Assert.Equal("aysel", (string?)claimed["customerId"]);
    }

    private HttpClient ClientWith(string? bearer)
    {
        HttpClient client = new() { BaseAddress = _host.Api.BaseAddress };
        if (bearer is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return client;
    }

    /// <summary>Runs commands in the factory's folder; returns the last line that they wrote.</summary>
    private async Task<string> ShellAsync(string commands)
    {
        await using LineProcess shell = LineProcess.Start("/bin/sh", "-c", $"set -e; cd '{_factory.Path}'\n{commands}");
        int code = await shell.ExitAsync("openssl");
        Assert.True(code == 0, string.Join('\n', shell.Lines));
        return shell.Lines is [.., var last] ? last : "";
    }

    private Task<string> ReadAsync(string file) => File.ReadAllTextAsync(Path.Combine(_factory.Path, file));
}
