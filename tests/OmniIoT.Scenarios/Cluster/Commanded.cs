using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Devices that are sent commands, each told apart by a name among its arguments.</summary>
internal static class Commanded
{
    /// <returns>The device's secret.</returns>
    public static async Task<string> RegisterAsync(ClusterOfHosts cluster, string device)
    {
        await cluster[0].Api.PutAsync("models/commanded", """{ "name": "Valve", "commands": { "act": { "timeoutSeconds": 600 } } }""");
        return (string)(await cluster[0].Api.PutAsync("devices/" + device, """{ "model": "commanded" }"""))["secret"]!;
    }

    /// <summary>Asks again when told to: a call may be lost with the process that had the device.</summary>
    public static Task<JsonNode> SendAsync(ClusterMember at, string device, string name) =>
        Awaited.Seen(
            async () =>
            {
                try
                {
                    return await at.Api.PostAsync(
                        $"devices/{device}/commands",
                        $$"""{ "name": "act", "arguments": { "name": "{{name}}" } }"""
                    );
                }
                catch (HttpRequestException lost) when (lost.StatusCode is HttpStatusCode.ServiceUnavailable)
                {
                    return null;
                }
            },
            "command that was taken"
        );

    public static string NameOf(JsonNode request) => (string)request["arguments"]!["name"]!;
}
