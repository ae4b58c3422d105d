using System.Buffers;
using System.Text.Json;

namespace OmniIoT.Domain.Audit;

/// <summary>What stands on record of a value: its JSON without secrets.</summary>
internal static class AuditValue
{
    private const string CustomerPrefix = "customer:";
    private const string DevicePrefix = "device:";
    private const string SettingPrefix = "setting:";

    /// <summary>A member whose name ends with one of these, in whatever case, is a secret, whole.</summary>
    private static readonly string[] SecretEndings =
    [
        "password",
        "hash",
        "secret",
        "token",
        "salt",
        "sealed",
        "credentials",
        "apiKey",
        "privateKey",
        "codes",
        "recovery",
        "stamp",
        "totp",
    ];

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = OmniJson.Options.Encoder };

    public static bool AreSame(byte[]? before, byte[]? after) =>
        before is null ? after is null : after is not null && before.AsSpan().SequenceEqual(after);

    /// <summary>Whose data a subject's values are; null: nobody's.</summary>
    public static string? CustomerOf(string subject, byte[]? json)
    {
        if (subject.StartsWith(CustomerPrefix, StringComparison.Ordinal))
            return subject[CustomerPrefix.Length..];
        if (json is null || !subject.StartsWith(DevicePrefix, StringComparison.Ordinal))
            return null;
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.TryGetProperty("customerId", out JsonElement customer) && customer.ValueKind is JsonValueKind.String
            ? customer.GetString()
            : null;
    }

    /// <summary>
    /// The value as it is put on record: in place of a secret stands <c>{"set":true}</c>, with <c>"changed":true</c> where it is another
    /// than before. A setting that is no object is a secret as a whole.
    /// </summary>
    public static byte[]? Record(string subject, byte[]? json, byte[]? before)
    {
        if (json is null)
            return null;
        using JsonDocument document = JsonDocument.Parse(json);
        using JsonDocument? earlier = before is null ? null : JsonDocument.Parse(before);
        ArrayBufferWriter<byte> buffer = new(json.Length);
        using (Utf8JsonWriter writer = new(buffer, Relaxed))
        {
            if (subject.StartsWith(SettingPrefix, StringComparison.Ordinal) && document.RootElement.ValueKind is not JsonValueKind.Object)
                WriteSecret(writer, isChanged: before is not null);
            else
                Write(writer, document.RootElement, earlier?.RootElement);
        }
        return buffer.WrittenCount <= AuditChain.MaximumValueBytes ? buffer.WrittenSpan.ToArray() : Length(buffer.WrittenCount);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value, JsonElement? before)
    {
        if (value.ValueKind is JsonValueKind.Object)
            WriteObject(writer, value, before);
        else if (value.ValueKind is JsonValueKind.Array)
            WriteArray(writer, value, before);
        else
            value.WriteTo(writer);
    }

    private static void WriteObject(Utf8JsonWriter writer, JsonElement value, JsonElement? before)
    {
        Dictionary<string, JsonElement> known = MembersOf(before);
        writer.WriteStartObject();
        foreach (JsonProperty member in value.EnumerateObject())
        {
            JsonElement? earlier = known.TryGetValue(member.Name, out JsonElement found) ? found : null;
            writer.WritePropertyName(member.Name);
            if (IsSecret(member.Name) && member.Value.ValueKind is not JsonValueKind.Null)
                WriteSecret(writer, before is not null && (earlier is null || !JsonElement.DeepEquals(earlier.Value, member.Value)));
            else
                Write(writer, member.Value, earlier);
        }
        writer.WriteEndObject();
    }

    /// <summary>By name: a parsed object looks through all of its members for one of them.</summary>
    private static Dictionary<string, JsonElement> MembersOf(JsonElement? value)
    {
        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        if (value is not { ValueKind: JsonValueKind.Object } known)
            return members;
        foreach (JsonProperty member in known.EnumerateObject())
            members[member.Name] = member.Value;
        return members;
    }

    private static void WriteArray(Utf8JsonWriter writer, JsonElement value, JsonElement? before)
    {
        int known = before is { ValueKind: JsonValueKind.Array } earlier ? earlier.GetArrayLength() : 0;
        int place = 0;
        writer.WriteStartArray();
        foreach (JsonElement item in value.EnumerateArray())
        {
            Write(writer, item, place < known ? before!.Value[place] : null);
            place++;
        }
        writer.WriteEndArray();
    }

    private static void WriteSecret(Utf8JsonWriter writer, bool isChanged)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("set", true);
        if (isChanged)
            writer.WriteBoolean("changed", true);
        writer.WriteEndObject();
    }

    private static bool IsSecret(string member) =>
        Array.Exists(SecretEndings, ending => member.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static byte[] Length(int bytes) => JsonSerializer.SerializeToUtf8Bytes(new { length = bytes });
}
