using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Replay;

/// <summary>
/// Plays the operator: a case whose alarms have all cleared is resolved, because a device has at most one unresolved case
/// and a later failure must be able to open its own.
/// </summary>
internal sealed class CaseCloser(OmniApi api, string deviceId)
{
    public int Resolved { get; private set; }

    public async Task CloseClearedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<JsonNode> cases = await api.ListAsync($"cases?deviceId={deviceId}", cancellationToken);
        List<JsonNode> open = cases.Where(item => (string?)item["status"] is "open" or "pending").ToList();
        if (open.Count == 0)
            return;
        IReadOnlyList<JsonNode> alarms = await api.ListAsync($"alarms?deviceId={deviceId}", cancellationToken);
        if (alarms.Any(alarm => alarm["clearedAt"] is null))
            return;
        foreach (JsonNode item in open)
            await ResolveAsync(item, cancellationToken);
    }

    private async Task ResolveAsync(JsonNode item, CancellationToken cancellationToken)
    {
        await api.PostAsync(
            $"cases/{(string?)item["id"]}/resolve",
            new() { ["resolution"] = "The alarm has cleared (resolved by the replay, as an operator would)." },
            cancellationToken
        );
        Resolved++;
    }
}
