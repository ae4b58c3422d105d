using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using OmniIoT.Edge.Outputs;
using OmniIoT.Edge.Queue;
using OmniIoT.Edge.Sampling;
using OmniIoT.Edge.Settings;

namespace OmniIoT.Edge.Commands;

/// <summary>
/// Carries out the agent's commands: <c>identify</c>, <c>sample-now</c>, <c>output {"id","on"}</c>, <c>restart-agent</c>.
/// </summary>
internal sealed class CommandHandler(AgentOptions options, Sampler sampler, ReadingQueue queue, OutputBank outputs)
{
    public const string Output = "output";

    /// <summary>A restart was asked for, to happen once the answer is out.</summary>
    public bool IsRestartRequested { get; private set; }

    /// <summary>The response's payload.</summary>
    public JsonObject Execute(AgentCommand command) =>
        command.Name switch
        {
            "identify" => Succeeded(Identity()),
            "sample-now" => sampler.Sample() is { } values ? Succeeded(JsonNode.Parse(values)) : Failed("No sensor gave a value."),
            Output => Switch(command.Arguments),
            "restart-agent" => Restart(),
            _ => Failed($"'{command.Name}' is not known to this agent."),
        };

    private JsonObject Identity() =>
        new()
        {
            ["deviceId"] = options.DeviceId,
            ["agentVersion"] = Agent.Version,
            ["machine"] = Environment.MachineName,
            ["system"] = RuntimeInformation.OSDescription,
            ["architecture"] = RuntimeInformation.OSArchitecture.ToString(),
            ["queued"] = queue.Count,
            ["dropped"] = queue.Dropped,
        };

    private JsonObject Switch(JsonObject arguments)
    {
        if (arguments["id"] is not JsonValue id || !id.TryGetValue<string>(out string? output))
            return Failed("'id' must name an output.");
        if (arguments["on"] is not JsonValue on || !on.TryGetValue<bool>(out bool isOn))
            return Failed("'on' must be true or false.");
        return outputs.TrySwitch(output, isOn, out string? failure)
            ? Succeeded(new JsonObject { ["id"] = output, ["on"] = isOn })
            : Failed($"'{output}': {failure}");
    }

    private JsonObject Restart()
    {
        IsRestartRequested = true;
        return Succeeded(new JsonObject());
    }

    private static JsonObject Succeeded(JsonNode? result) => new() { ["status"] = "succeeded", ["result"] = result };

    private static JsonObject Failed(string error) => new() { ["status"] = "failed", ["error"] = error };
}
