using System.Text.Json;
using OmniIoT.Domain;

namespace OmniIoT.Sql;

/// <summary>Records as they are stored: JSON in the platform's manner.</summary>
internal static class Json
{
    public static byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, OmniJson.Options);

    /// <summary>As watchers of changes see it.</summary>
    public static byte[] WriteShown<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, OmniJson.Shown);

    public static T Read<T>(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<T>(utf8, OmniJson.Options) ?? throw new JsonException("A stored record is never null.");

    /// <summary>The record with one more member, for records that do not name their customer themselves.</summary>
    public static byte[] WriteWithCustomer<T>(T value, string customerId)
    {
        System.Text.Json.Nodes.JsonObject json = JsonSerializer.SerializeToNode(value, OmniJson.Options)!.AsObject();
        json["customerId"] = customerId;
        return JsonSerializer.SerializeToUtf8Bytes(json, OmniJson.Options);
    }
}
