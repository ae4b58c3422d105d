using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Calls;

/// <summary>What is wrong with how the nodes of a flow hang together.</summary>
internal static class FlowCheck
{
    /// <param name="nodes">Those that were read.</param>
    /// <param name="ids">Of all that are written.</param>
    public static void Check(JsonFields fields, string start, Dictionary<string, FlowNode> nodes, IReadOnlySet<string> ids)
    {
        if (start.Length > 0 && !ids.Contains(start))
            fields.RefuseAs("start", MistakeKinds.Unknown, ("what", "node"), ("id", start));
        foreach ((string id, FlowNode node) in nodes)
        {
            foreach (FlowExit exit in node.Exits.Where(exit => exit.To.Length > 0 && !ids.Contains(exit.To)))
                fields.Refuse([new FieldMistake(PlaceOf(id, exit), Sentence.Of(MistakeKinds.Unknown, ("what", "node"), ("id", exit.To)))]);
        }
        CheckLoops(fields, nodes);
    }

    /// <summary>Each way that comes back to where it was without a node that waits for the caller: the call would go round for ever.</summary>
    private static void CheckLoops(JsonFields fields, Dictionary<string, FlowNode> nodes)
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        HashSet<string> under = new(StringComparer.Ordinal);
        foreach (string id in nodes.Keys)
            Follow(id);

        // At most as deep as a flow has nodes.
        void Follow(string id)
        {
            if (!nodes.TryGetValue(id, out FlowNode? node) || node.Waits || !done.Add(id))
                return;
            under.Add(id);
            foreach (FlowExit exit in node.Exits)
            {
                if (under.Contains(exit.To))
                    fields.Refuse([new FieldMistake(PlaceOf(id, exit), $"comes back to '{exit.To}' without asking the caller anything")]);
                else
                    Follow(exit.To);
            }
            under.Remove(id);
        }
    }

    private static string PlaceOf(string node, FlowExit exit) => $"/nodes/{node}/{exit.Place}";
}
