using System.Text.Json;

namespace OmniIoT.Devices.Models;

/// <summary>
/// How large the parts of a model may be. Every device, its page and what is said of a mistake go through all of them. As with
/// <see cref="RuleBudget"/>, a model is held to it where a person stores it.
/// </summary>
internal static class ModelBounds
{
    /// <summary>Members of an object: metrics, commands, settings. Ten times what the largest models have that are known.</summary>
    public const int Members = 1_000;

    /// <summary>Items of an array: values of a metric, maintenance.</summary>
    public const int Items = 1_000;

    /// <summary>Characters of a text, as of a condition; in UTF-16 code units.</summary>
    public const int Text = 4_000;

    /// <summary>Characters of a text that is filled in and shown, a title or a notice.</summary>
    public const int ShownText = 500;

    /// <summary>Notes what is larger; nothing within it is looked at any more.</summary>
    public static void Check(JsonNodeReader place)
    {
        JsonElement value = place.Element;
        if (value.ValueKind is JsonValueKind.String && value.GetString()!.Length > Text)
            place.Fail($"a text has at most {Text} characters");
        else if (value.ValueKind is JsonValueKind.Object && value.GetPropertyCount() > Members)
            place.Fail($"an object has at most {Members} members; this one has {value.GetPropertyCount()}");
        else if (value.ValueKind is JsonValueKind.Array && value.GetArrayLength() > Items)
            place.Fail($"an array has at most {Items} items; this one has {value.GetArrayLength()}");
        else
            CheckParts(place, value.ValueKind);
    }

    private static void CheckParts(JsonNodeReader place, JsonValueKind kind)
    {
        if (kind is JsonValueKind.Object)
            foreach ((_, JsonNodeReader member) in place.Members("property"))
                Check(member);
        else if (kind is JsonValueKind.Array)
            foreach (JsonNodeReader item in place.Items())
                Check(item);
    }
}
