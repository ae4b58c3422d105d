using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OmniIoT.Simulators.Api;

/// <summary>The host's REST interface, as any script would call it. Safe for concurrent use.</summary>
public sealed class OmniApi : IDisposable
{
    private readonly HttpClient _http;

    public OmniApi(HostAddress host)
    {
        _http = new HttpClient { BaseAddress = host.Http, Timeout = TimeSpan.FromSeconds(30) };
        if (host.ApiKey is { } key)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>The answer's JSON, null when it has none. Paths are below <c>/api/v1/</c>.</summary>
    /// <exception cref="SimulationException">The host cannot be reached or refuses; the message says what it said.</exception>
    public Task<JsonNode?> GetAsync(string path, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonNode?> PutAsync(string path, string json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Put, path, json, cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonNode?> PutAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        PutAsync(path, body.ToJsonString(), cancellationToken);

    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonNode?> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, path, (body ?? []).ToJsonString(), cancellationToken);

    /// <summary>The answer's JSON, null when there is no such thing.</summary>
    public async Task<JsonNode?> FindAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(path, cancellationToken);
        }
        catch (SimulationException failure) when (failure.InnerException is HttpRequestException { StatusCode: HttpStatusCode.NotFound })
        {
            return null;
        }
    }

    /// <summary>All items of a list, page after page.</summary>
    public async Task<IReadOnlyList<JsonNode>> ListAsync(string path, CancellationToken cancellationToken)
    {
        List<JsonNode> items = new();
        char join = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        string? cursor = null;
        do
        {
            JsonNode? page = await GetAsync(
                $"{path}{join}limit=500" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"),
                cancellationToken
            );
            items.AddRange(page?["items"]?.AsArray().OfType<JsonNode>() ?? []);
            cursor = (string?)page?["next"];
        } while (cursor is not null);
        return items;
    }

    /// <summary>Creates the device or takes it as it is; its secret is a fresh one either way.</summary>
    public async Task<string> RegisterDeviceAsync(string id, JsonObject device, CancellationToken cancellationToken)
    {
        JsonNode? created = await PutAsync($"devices/{id}", device, cancellationToken);
        string? secret =
            (string?)created?["secret"] ?? (string?)(await PostAsync($"devices/{id}/secret", null, cancellationToken))?["secret"];
        return secret ?? throw new SimulationException($"The host gave no secret for device {id}.");
    }

    /// <summary>A token with which the customer's app signs in to MQTT.</summary>
    public async Task<string> AppTokenAsync(string customerId, CancellationToken cancellationToken) =>
        (string?)(await PostAsync($"customers/{customerId}/app-token", null, cancellationToken))?["token"]
        ?? throw new SimulationException($"The host gave no app token for customer {customerId}.");

    /// <summary>The Prometheus text.</summary>
    public async Task<string> MetricsAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _http.GetStringAsync("/metrics", cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new SimulationException($"GET {new Uri(_http.BaseAddress!, "/metrics")}: {failure.Message}", failure);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonNode?> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, $"/api/v1/{path}");
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await _http.SendAsync(request, cancellationToken);
            string text = await response.Content.ReadAsStringAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
                throw Refused(method, path, response.StatusCode, text);
            return text.Length == 0 ? null : JsonNode.Parse(text);
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException
                || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            throw new SimulationException($"{method} {new Uri(_http.BaseAddress!, $"/api/v1/{path}")}: {failure.Message}", failure);
        }
    }

    private static SimulationException Refused(HttpMethod method, string path, HttpStatusCode status, string text)
    {
        string hint = status == HttpStatusCode.Unauthorized ? " Give the host's key by --api-key or OMNIIOT_API_KEY." : "";
        return new SimulationException(
            $"{method} {path} was refused with {(int)status}: {text.ReplaceLineEndings(" ")}{hint}",
            new HttpRequestException(text, null, status)
        );
    }
}
