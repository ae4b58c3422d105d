using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using OmniIoT.Host;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>The whole host on free ports with a data directory of its own, and a client with the API key.</summary>
public sealed class RunningHost : IAsyncLifetime
{
    public const string ApiKey = "key-of-the-tests";

    private readonly TemporaryDirectory _data = new();
    private readonly Func<HostSettings, HostSettings> _with;
    private WebApplication? _app;

    public RunningHost()
        : this(static settings => settings) { }

    internal RunningHost(Func<HostSettings, HostSettings> with) => _with = with;

    public HttpClient Http { get; private set; } = null!;

    public int MqttPort { get; private set; }

    /// <summary>Null: HTTPS is not set.</summary>
    public int? HttpsPort { get; private set; }

    public string DataDirectory => _data.Path;

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        HostSettings settings = _with(
            new HostSettings
            {
                DataDirectory = _data.Path,
                HttpPort = 0,
                MqttPort = 0,
                ApiKey = ApiKey,
            }
        );
        Listeners listeners = new(settings, HandleBudget.Unlimited);
        _app = OmniHost.Build(CommandLine.Parse(["--Logging:LogLevel:Default=Warning"]), settings, listeners);
        await _app.StartAsync();
        MqttPort = listeners.MqttPort;
        HttpsPort = listeners.HttpTlsPort;
        Http = Client(listeners.HttpPort, ApiKey);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
        _data.Dispose();
    }

    /// <summary>A client that signs in with another token, or none.</summary>
    public HttpClient ClientWith(string? token) => Client(Http.BaseAddress!.Port, token);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PutAsync(string path, string json) => SendAsync(HttpMethod.Put, path, json);

    public Task<Answer> PostAsync(string path, string? json = null) => SendAsync(HttpMethod.Post, path, json);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path, null);

    public Task<Answer> SendAsync(HttpMethod method, string path, string? json, string? ifMatch = null) =>
        SendAsync(Http, method, path, json, ifMatch);

    public static async Task<Answer> SendAsync(HttpClient http, HttpMethod method, string path, string? json, string? ifMatch = null)
    {
        using HttpRequestMessage request = new(method, path.StartsWith('/') ? path : "/api/v1/" + path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using HttpResponseMessage response = await http.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        bool isJson =
            response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true && text.Length > 0;
        return new Answer(response.StatusCode, response.Headers.ETag?.Tag, text, isJson ? JsonNode.Parse(text) : null);
    }

    /// <summary>Creates the washer's model, a customer and a device of theirs; returns the device's secret.</summary>
    public async Task<string> SeedWasherAsync(string deviceId, string customerId)
    {
        Assert.True((await PutAsync("models/washer", Washer)).IsSuccess);
        Assert.True(
            (await PutAsync($"customers/{customerId}", """{"name":"Aygun","consent":{"location":true,"offers":true}}""")).IsSuccess
        );
        Answer device = await PutAsync($"devices/{deviceId}", $$"""{"model":"washer","customerId":"{{customerId}}","name":"Washer"}""");
        return (string)device.Json!["secret"]!;
    }

    /// <summary>Publishes as a device or an app would; returns once it is acknowledged.</summary>
    public async Task PublishAsync(string user, string password, string topic, string payload)
    {
        MqttClientOptions options = new()
        {
            Host = "127.0.0.1",
            Port = MqttPort,
            UserName = user,
            Password = Encoding.UTF8.GetBytes(password),
            Reconnect = false,
        };
        await using MqttClient client = new(options, TimeProvider.System, new Random(1));
        await Awaited.Within(client.ConnectAsync(), "MQTT connection");
        await Awaited.Within(client.PublishAsync(topic, Encoding.UTF8.GetBytes(payload), QualityOfService.AtLeastOnce), "acknowledgement");
        await client.DisconnectAsync();
    }

    public const string Washer = """
        { "name": "Washer", "metrics": { "temperature": { "unit": "Cel" }, "door": { "values": ["open", "closed"] } },
          "commands": { "restart": {} },
          "rules": [ { "type": "overheat", "severity": "major", "when": "temperature > 80",
                       "case": { "title": "{{device.name}} runs hot", "priority": "high", "queue": "washers" } } ] }
        """;

    private static HttpClient Client(int port, string? token)
    {
        HttpClient client = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        if (token is not null)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }
}

/// <summary>What was answered.</summary>
public sealed record Answer(HttpStatusCode Status, string? Tag, string Text, JsonNode? Json)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    public JsonArray Items => Json!["items"]!.AsArray();

    public string? Pointer => (string?)Json!["errors"]?[0]?["pointer"];
}
