using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Devices.Twins;

public enum MergePatchRefusal : byte
{
    None,
    TooLarge,
    TooDeep,
}

/// <summary>JSON merge patch (RFC 7386) within the limits of a twin's document.</summary>
public static class MergePatch
{
    /// <summary>Of the merged document as compact JSON.</summary>
    public const int MaxBytes = 32 * 1024;

    /// <summary>Objects and arrays within each other, the document itself included.</summary>
    public const int MaxDepth = 10;

    /// <summary>
    /// The patched document as a new one; neither argument changes. On refusal the result is null and the document
    /// stays what it was.
    /// </summary>
    public static JsonObject? Apply(JsonObject target, JsonObject patch, out MergePatchRefusal refusal)
    {
        // Depth first: cloning and merging recurse, and must not do so on a patch of thousands of levels.
        refusal = IsDeeper(patch, MaxDepth) ? MergePatchRefusal.TooDeep : MergePatchRefusal.None;
        if (refusal != MergePatchRefusal.None)
            return null;
        JsonObject merged = (JsonObject)target.DeepClone();
        Merge(merged, patch);
        if (Encoding.UTF8.GetByteCount(merged.ToJsonString()) <= MaxBytes)
            return merged;
        refusal = MergePatchRefusal.TooLarge;
        return null;
    }

    /// <summary>
    /// The patch that makes <paramref name="after"/> of <paramref name="before"/>: what is new or different, null for what is gone.
    /// Neither may hold a null of its own, which no merged document does.
    /// </summary>
    public static JsonObject Difference(JsonObject before, JsonObject after)
    {
        JsonObject patch = new();
        foreach ((string name, _) in before)
            if (!after.ContainsKey(name))
                patch[name] = null;
        foreach ((string name, JsonNode? value) in after)
        {
            JsonNode? known = before[name];
            if (JsonNode.DeepEquals(known, value))
                continue;
            patch[name] =
                known is JsonObject knownObject && value is JsonObject newObject ? Difference(knownObject, newObject) : value?.DeepClone();
        }
        return patch;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null)
                target.Remove(name);
            else if (value is not JsonObject nested)
                target[name] = value.DeepClone();
            else if (target[name] is JsonObject existing)
                Merge(existing, nested);
            else
                Merge(AddObject(target, name), nested);
        }
    }

    /// <summary>A patch below something that is no object replaces it, its own nulls left out.</summary>
    private static JsonObject AddObject(JsonObject target, string name)
    {
        JsonObject created = new();
        target[name] = created;
        return created;
    }

    private static bool IsDeeper(JsonNode? node, int levels) =>
        node switch
        {
            JsonObject inner => levels == 0 || inner.Any(property => IsDeeper(property.Value, levels - 1)),
            JsonArray inner => levels == 0 || inner.Any(item => IsDeeper(item, levels - 1)),
            _ => false,
        };
}
