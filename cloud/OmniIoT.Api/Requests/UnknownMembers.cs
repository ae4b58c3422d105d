using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OmniIoT.Api.Problems;
using OmniIoT.Domain;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Requests;

/// <summary>
/// Names members of a body that have no effect and are taken all the same: what the call itself answers, so that it can be sent back.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AlsoTakesAttribute(params string[] names) : Attribute
{
    public string[] Names { get; } = names;
}

/// <summary>Finds the members of a body that its shape does not have, at any depth; below a free object everything is known.</summary>
internal static class UnknownMembers
{
    public static void AddTo(Mistakes mistakes, Type body, JsonElement json) => Walk(mistakes, body, json, "");

    private static void Walk(Mistakes mistakes, Type type, JsonElement json, string pointer)
    {
        if (typeof(JsonNode).IsAssignableFrom(type) || type == typeof(JsonElement))
            return;
        JsonTypeInfo info = OmniJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        if (info.Kind is JsonTypeInfoKind.Enumerable && json.ValueKind is JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in json.EnumerateArray())
                Walk(mistakes, info.ElementType!, item, $"{pointer}/{index++}");
        }
        else if (info.Kind is JsonTypeInfoKind.Object && json.ValueKind is JsonValueKind.Object)
        {
            foreach (JsonProperty member in json.EnumerateObject())
                Check(mistakes, info, member, $"{pointer}/{JsonExpectation.Escape(member.Name)}");
        }
    }

    private static void Check(Mistakes mistakes, JsonTypeInfo info, JsonProperty member, string pointer)
    {
        if (info.Properties.FirstOrDefault(property => property.Name == member.Name) is { } known)
            Walk(mistakes, known.PropertyType, member.Value, pointer);
        else if (!AlsoTaken(info.Type).Contains(member.Name))
            mistakes.Add(
                pointer,
                mistakes.Count < Problem.MostErrors
                    ? NearestName.Explain(member.Name, [.. info.Properties.Select(property => property.Name)])
                    : NearestName.Unexplained
            );
    }

    private static string[] AlsoTaken(Type type) =>
        Attribute.GetCustomAttribute(type, typeof(AlsoTakesAttribute)) is AlsoTakesAttribute also ? also.Names : [];
}
