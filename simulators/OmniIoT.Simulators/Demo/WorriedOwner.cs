using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Demo;

/// <summary>
/// The owner of the hot washer, who asks in the web chat once the case stands: the same story from their side. Who has asked
/// already, at an earlier start, does not ask again.
/// </summary>
internal sealed class WorriedOwner(HostAddress host, OmniApi api, TimeProvider time)
{
    private const string Question = "Hello! The app says that my washer has a temperature problem. Is it safe to leave it running?";

    private static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(2);

    /// <exception cref="SimulationException">The host cannot be reached or refuses.</exception>
    public async Task RunAsync(string customerId, string deviceId, CancellationToken cancellationToken)
    {
        await CaseOpenAsync(deviceId, cancellationToken);
        if ((await api.ListAsync($"conversations?customerId={customerId}", cancellationToken)).Count > 0)
            return;
        string appToken = await api.AppTokenAsync(customerId, cancellationToken);
        try
        {
            using HttpClient http = new HttpClient { BaseAddress = host.Http };
            JsonNode visitor = await PostAsync(http, "visitors", new() { ["token"] = appToken }, cancellationToken);
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string?)visitor["token"]);
            await PostAsync(http, "messages", new() { ["text"] = Question }, cancellationToken);
        }
        catch (HttpRequestException failure)
        {
            throw new SimulationException($"The web chat cannot be used: {failure.Message}", failure);
        }
    }

    private async Task CaseOpenAsync(string deviceId, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(LooksEvery, time);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            if ((await api.ListAsync($"cases?deviceId={deviceId}&status=open", cancellationToken)).Count > 0)
                return;
        }
    }

    private static async Task<JsonNode> PostAsync(HttpClient http, string path, JsonObject body, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync($"/chat/api/{path}", body, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonNode>(cancellationToken) ?? new JsonObject();
    }
}
