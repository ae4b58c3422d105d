using System.Collections.Frozen;
using System.Text.Json;
using OmniIoT.Devices;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Calls;

/// <summary>
/// Reads <c>{"start","nodes":{"n1":{"say":{"en"},"next"},…}}</c>. A node does one of
/// <c>say gather branch sayDeviceStatus queue callback sendLink voicemail hangup</c>. Every mistake is told at its place: nodes that are not
/// there, dead ends, and ways that come back without having waited for the caller.
/// </summary>
public static class FlowReader
{
    public const int MaxNodes = 200;

    private const int MaxName = 200;

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Flow> Read(string id, JsonElement document) =>
        DocumentReading.Of(
            document,
            ["id", "name", "start", "nodes"],
            fields =>
            {
                fields.Text("name", MaxName);
                string start = fields.RequiredText("start", Identifier.MaxLength) ?? "";
                Dictionary<string, FlowNode> nodes = ReadNodes(fields);
                FlowCheck.Check(fields, start, nodes, IdsIn(fields));
                return new Flow
                {
                    Id = id,
                    Start = start,
                    Nodes = nodes.ToFrozenDictionary(StringComparer.Ordinal),
                };
            }
        );

    private static Dictionary<string, FlowNode> ReadNodes(JsonFields fields)
    {
        Dictionary<string, FlowNode> nodes = new(StringComparer.Ordinal);
        if (fields.RequiredObject("nodes") is not { } written)
            return nodes;
        HashSet<string> ids = IdsIn(fields);
        if (ids.Count == 0)
            fields.RefuseAs("nodes", MistakeKinds.Empty);
        if (ids.Count > MaxNodes)
            fields.RefuseAs("nodes", MistakeKinds.TooMany, ("max", MaxNodes));
        foreach (string node in ids.Take(MaxNodes))
        {
            if (!Identifier.IsValid(node))
                written.RefuseAs(node, MistakeKinds.Id);
            else if (!written.Has(node))
                written.Refuse(node, "must be an object");
            else if (written.Object(node) is { } entry && FlowNodeReader.Read(entry) is { } read)
                nodes[node] = read;
        }
        return nodes;
    }

    /// <summary>Also of nodes that are refused: what leads to them is not wrong.</summary>
    private static HashSet<string> IdsIn(JsonFields fields) =>
        fields.Find("nodes") is { ValueKind: JsonValueKind.Object } nodes
            ? [.. nodes.EnumerateObject().Select(static node => node.Name)]
            : [];
}
