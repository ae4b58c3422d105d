using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Hosting;

/// <summary>The REST interface as a script uses it: JSON in, JSON out; what is not a success throws with what the host said.</summary>
public static class Rest
{
    public static Task<JsonNode> ReadAsync(this HttpClient api, string path) => api.SendAsync(HttpMethod.Get, path, null);

    public static Task<JsonNode> PutAsync(this HttpClient api, string path, string json) => api.SendAsync(HttpMethod.Put, path, json);

    public static Task<JsonNode> PostAsync(this HttpClient api, string path, string json = "{}") =>
        api.SendAsync(HttpMethod.Post, path, json);

    public static Task<JsonNode> PatchAsync(this HttpClient api, string path, string json) => api.SendAsync(HttpMethod.Patch, path, json);

    /// <summary>All items of a list, over all its pages.</summary>
    public static async Task<IReadOnlyList<JsonNode>> ListAsync(this HttpClient api, string path)
    {
        List<JsonNode> items = [];
        string? next = null;
        do
        {
            string cursor = next is null
                ? ""
                : (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "cursor=" + Uri.EscapeDataString(next);
            JsonNode page = await ReadAsync(api, path + cursor);
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            next = (string?)page["next"];
        } while (next is not null);
        return items;
    }

    /// <summary>Looks until the answer is as awaited.</summary>
    public static Task<JsonNode> SeenAsync(this HttpClient api, string path, Func<JsonNode, bool> isIt, string what) =>
        Awaited.Seen(async () => await ReadAsync(api, path) is { } found && isIt(found) ? found : null, what);

    /// <summary>The status of an answer, whatever it is.</summary>
    public static async Task<HttpStatusCode> StatusAsync(
        this HttpClient api,
        HttpMethod method,
        string path,
        string? json = null,
        string? ifMatch = null
    )
    {
        using HttpRequestMessage request = Request(method, path, json);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using HttpResponseMessage response = await api.SendAsync(request);
        return response.StatusCode;
    }

    private static async Task<JsonNode> SendAsync(this HttpClient api, HttpMethod method, string path, string? json)
    {
        using HttpRequestMessage request = Request(method, path, json);
        using HttpResponseMessage response = await api.SendAsync(request);
        string body = await response.Content.ReadAsStringAsync();
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {body}", null, response.StatusCode);
        return JsonNode.Parse(body)!;
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? json) =>
        new(method, path) { Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json") };
}
