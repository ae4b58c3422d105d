using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace OmniIoT.Edge;

/// <summary>Carries out the agent's commands: <c>identify</c>, <c>sample-now</c>, <c>restart-agent</c>.</summary>
internal sealed class CommandHandler(AgentOptions options, Sampler sampler, ReadingQueue queue)
{
    /// <summary>A restart was asked for, to happen once the answer is out.</summary>
    public bool IsRestartRequested { get; private set; }

    /// <summary>The response's payload.</summary>
    public JsonObject Execute(AgentCommand command, CancellationToken cancellationToken) => command.Name switch
    {
        "identify" => Succeeded(Identity()),
        "sample-now" => sampler.Sample(cancellationToken) is { } values ? Succeeded(JsonNode.Parse(values)) : Failed("No sensor gave a value."),
        "restart-agent" => Restart(),
        _ => Failed($"'{command.Name}' is not known to this agent."),
    };

    private JsonObject Identity() => new()
    {
        ["deviceId"] = options.DeviceId,
        ["agentVersion"] = Agent.Version,
        ["machine"] = Environment.MachineName,
        ["system"] = RuntimeInformation.OSDescription,
        ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
        ["queued"] = queue.Count,
        ["dropped"] = queue.Dropped,
    };

    private JsonObject Restart()
    {
        IsRestartRequested = true;
        return Succeeded(new JsonObject());
    }

    private static JsonObject Succeeded(JsonNode? result) => new() { ["status"] = "succeeded", ["result"] = result };

    private static JsonObject Failed(string error) => new() { ["status"] = "failed", ["error"] = error };
}
