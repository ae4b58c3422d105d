using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Commands;
using OmniIoT.Dialects.Sparkplug.Payloads;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>A device of ours that is born over a link: the node itself, or a device behind it.</summary>
/// <param name="device">What the node calls the device; null for the node itself.</param>
internal sealed class LiveTarget(NodeLink link, LinkedNode node, string? device, EntityId grain)
{
    private const string CommandReference = "command:";

    public EntityId Grain { get; } = grain;

    public string? Device { get; } = device;

    /// <summary>
    /// Says a command as NCMD or DCMD; nothing while the node does not listen, or when it was said before. One that cannot be said
    /// has failed.
    /// </summary>
    public IEnumerable<Utterance> Say(Downlink downlink)
    {
        if (!downlink.Reference.StartsWith(CommandReference, StringComparison.Ordinal))
            return [];
        string id = downlink.Reference[CommandReference.Length..];
        if (JsonNode.Parse(downlink.Payload) is not JsonObject request)
            return [];
        lock (node.Lock)
        {
            if (
                !TryCreate(
                    (string?)request["name"] ?? "",
                    request["arguments"] as JsonObject,
                    out SparkplugCommand? command,
                    out string? mistake
                )
            )
            {
                link.FailLater(this, id, mistake!);
                return [];
            }
            string topic = TopicOf(command!);
            bool isSaid = node.Pending.Exists(pending => pending.Command.Id == id);
            if (isSaid || !link.IsHeard(Encoding.UTF8.GetBytes(topic)))
                return [];
            node.Pending.Add((this, new PendingCommand(id, command!, downlink.ExpiresAt)));
            return [new Utterance(link.NodeGrain, topic, PayloadWriter.Write(command!.ToPayload(link.Now)), QualityOfService.AtMostOnce)];
        }
    }

    /// <summary>Takes up a command that was sent before the link was there.</summary>
    public void Resume(DeviceCommand sent)
    {
        lock (node.Lock)
        {
            if (node.Pending.Exists(pending => pending.Command.Id == sent.Id))
                return;
            if (TryCreate(sent.Name, sent.Arguments as JsonObject, out SparkplugCommand? command, out _))
                node.Pending.Add((this, new PendingCommand(sent.Id, command!, sent.ExpiresAt)));
        }
    }

    private bool TryCreate(string name, JsonObject? arguments, out SparkplugCommand? command, out string? mistake) =>
        SparkplugCommand.TryCreate(name, arguments, metric => node.Node.Find(Device, metric), out command, out mistake);

    private string TopicOf(SparkplugCommand command) =>
        Device is null || command.IsForNode
            ? new SparkplugTopic(node.Group, MessageType.NodeCommand, node.Name, null).ToString()
            : new SparkplugTopic(node.Group, MessageType.DeviceCommand, node.Name, Device).ToString();
}
