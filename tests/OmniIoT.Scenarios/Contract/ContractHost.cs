using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Contract;

/// <summary>An answer of the REST API.</summary>
/// <param name="Body">Null when there was none, or none that is JSON.</param>
public sealed record Answer(int Status, JsonNode? Body, string? ETag)
{
    public JsonArray Items => Body!["items"]!.AsArray();

    public JsonNode? this[string name] => Body![name];

    /// <summary>Pointers of the mistakes that a refusal names.</summary>
    public IEnumerable<string> Pointers => Body!["errors"]!.AsArray().Select(error => (string)error!["pointer"]!);
}

/// <summary>One running host for all tests of the public contract; each test has ids of its own.</summary>
public sealed class ContractHost : IAsyncLifetime
{
    private HostProcess _host = null!;
    private long _ids;

    public static long NowMilliseconds => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

    public HttpClient Api => _host.Api;

    public int HttpPort => _host.HttpPort;

    /// <summary>Quiet hours are off: what a test sees must not hang on the time of day.</summary>
    public async ValueTask InitializeAsync() => _host = await HostProcess.StartAsync(null, "--OmniIoT:Offers:QuietHours=");

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public string NewId(string prefix) => prefix + Interlocked.Increment(ref _ids).ToString(CultureInfo.InvariantCulture);

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PutAsync(string path, string json, string? ifMatch = null) => SendAsync(HttpMethod.Put, path, json, ifMatch);

    public Task<Answer> PostAsync(string path, string json = "{}", string? ifMatch = null) =>
        SendAsync(HttpMethod.Post, path, json, ifMatch);

    public Task<Answer> PatchAsync(string path, string json, string? ifMatch = null) => SendAsync(HttpMethod.Patch, path, json, ifMatch);

    public Task<Answer> DeleteAsync(string path) => SendAsync(HttpMethod.Delete, path);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json = null, string? ifMatch = null, string? bearer = null)
    {
        using HttpRequestMessage request = new(method, path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        using HttpResponseMessage response = await Api.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        bool isJson = response.Content.Headers.ContentType?.MediaType?.Contains("json", StringComparison.Ordinal) == true;
        return new Answer((int)response.StatusCode, isJson ? JsonNode.Parse(text) : null, response.Headers.ETag?.ToString());
    }

    /// <summary>Writes a model and returns its id.</summary>
    public async Task<string> AddModelAsync(string members = """ "metrics": { "temperature": { "unit": "Cel" } } """)
    {
        string id = NewId("model-");
        Answer put = await PutAsync("models/" + id, $"{{ \"name\": \"Model\", {members} }}");
        Assert.Equal(201, put.Status);
        return id;
    }

    /// <summary>Registers a device of the model and connects it.</summary>
    public async Task<ContractClient> AddDeviceAsync(string model, string? customerId = null)
    {
        string id = NewId("device-");
        string owner = customerId is null ? "" : $", \"customerId\": \"{customerId}\"";
        Answer put = await PutAsync("devices/" + id, $"{{ \"model\": \"{model}\", \"name\": \"Washer\"{owner} }}");
        Assert.Equal(201, put.Status);
        return await ConnectAsync(id, (string)put["secret"]!);
    }

    public async Task<string> AddCustomerAsync(string members = """ "consent": { "location": true, "offers": true } """)
    {
        string id = NewId("customer-");
        Answer put = await PutAsync("customers/" + id, $"{{ \"name\": \"Aysel\", {members} }}");
        Assert.Equal(201, put.Status);
        return id;
    }

    /// <summary>Connects a customer's app.</summary>
    public async Task<ContractClient> ConnectAppAsync(string customerId)
    {
        string token = (string)(await PostAsync($"customers/{customerId}/app-token"))["token"]!;
        return await ConnectAsync("customer:" + customerId, token);
    }

    public async Task<ContractClient> ConnectAsync(string userName, string password, ProtocolVersion version = ProtocolVersion.V5)
    {
        MqttClientOptions options = new()
        {
            Host = IPAddress.Loopback.ToString(),
            Port = _host.MqttPort,
            Version = version,
            ClientId = NewId("client-"),
            UserName = userName,
            Password = Encoding.UTF8.GetBytes(password),
            Reconnect = false,
        };
        ContractClient client = new(options, userName.Replace("customer:", "", StringComparison.Ordinal));
        await client.ConnectAsync();
        return client;
    }

    /// <summary>Looks until the answer holds: for what the platform does a moment after it answered.</summary>
    public async Task<Answer> SeenAsync(string path, Func<Answer, bool> holds, string what) =>
        await Awaited.Seen(async () => await GetAsync(path) is var answer && holds(answer) ? answer : null, what);
}

/// <summary>The tests share the host, one after the other.</summary>
[CollectionDefinition(nameof(ContractHost))]
public sealed class ContractCollection : ICollectionFixture<ContractHost>;
