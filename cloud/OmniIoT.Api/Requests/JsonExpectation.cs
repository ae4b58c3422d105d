using System.Collections;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;

namespace OmniIoT.Api.Requests;

/// <summary>Says what a body should have had where the serializer refused it.</summary>
internal static class JsonExpectation
{
    /// <summary>The serializer's path (<c>$.identities[0].type</c>) as a JSON pointer (<c>/identities/0/type</c>).</summary>
    public static string PointerOf(string? path) => string.Concat(PartsOf(path).Select(part => "/" + Escape(part)));

    /// <summary>What belongs at the path within a body of that type.</summary>
    public static string Describe(Type body, string? path)
    {
        Type? type = body;
        foreach (string part in PartsOf(path))
            type = type is null ? null : MemberOf(type, part);
        return type is null ? "has the wrong shape" : "must be " + Describe(Nullable.GetUnderlyingType(type) ?? type);
    }

    private static string Describe(Type type) =>
        type switch
        {
            _ when type == typeof(string) => "a string",
            _ when type == typeof(bool) => "true or false",
            _ when type == typeof(int) || type == typeof(long) => "a whole number",
            _ when type == typeof(double) => "a number",
            _ when type == typeof(Instant) => "a time, as ISO 8601 or in epoch milliseconds",
            _ when type.IsEnum => "one of " + Names(type),
            _ when type == typeof(JsonObject) => "an object",
            _ when typeof(IEnumerable).IsAssignableFrom(type) => "an array",
            _ => "an object",
        };

    private static string Names(Type type) => string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static Type? MemberOf(Type type, string part)
    {
        JsonTypeInfo info = OmniJson.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        return info.ElementType ?? info.Properties.FirstOrDefault(property => property.Name == part)?.PropertyType;
    }

    private static string[] PartsOf(string? path) =>
        (path ?? "$").TrimStart('$').Split(['.', '[', ']', '\''], StringSplitOptions.RemoveEmptyEntries);

    public static string Escape(string part) =>
        part.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
