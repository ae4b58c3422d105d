using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>Reads a channel's document with every mistake at its pointer. Secrets are read as the texts that they are.</summary>
public static class ChannelReader
{
    private const int MaxNameLength = 200;
    private const int MaxIdLength = 128;

    /// <param name="id">Its id, from the address; an <c>id</c> in the document must be the same.</param>
    /// <param name="document">The JSON.</param>
    public static DocumentReading<Channel> Read(string id, JsonElement document)
    {
        List<FieldMistake> mistakes = [];
        if (JsonFields.Of(document, "", mistakes) is not { } fields)
            return DocumentReading.Refused<Channel>(mistakes);
        fields.RefuseOthers("id", "type", "name", "queue", "bot", "flow", "enabled", "settings");
        if (fields.Text("id", MaxIdLength) is { } stated && stated != id)
            fields.Refuse("id", $"must be \"{id}\", the id in the address");
        string type = ReadType(fields);
        JsonElement? settings = fields.Find("settings");
        Channel channel = new()
        {
            Id = id,
            Type = type,
            Name = fields.RequiredText("name", MaxNameLength) ?? "",
            Queue = fields.Text("queue", MaxIdLength),
            Bot = fields.Text("bot", MaxIdLength),
            Flow = fields.Text("flow", MaxIdLength),
            Enabled = fields.Flag("enabled") ?? true,
            Settings = settings is { ValueKind: JsonValueKind.Object } said ? JsonObject.Create(said)! : [],
        };
        if (type.Length > 0)
            ChannelSettingsReader.Check(type, SettingsOf(fields, settings, mistakes));
        return mistakes.Count > 0 ? DocumentReading.Refused<Channel>(mistakes) : DocumentReading.Of(channel);
    }

    private static string ReadType(JsonFields fields)
    {
        string? type = fields.RequiredText("type", MaxNameLength);
        if (type is null || ChannelKinds.All.ContainsKey(type))
            return type ?? "";
        fields.RefuseAs(
            "type",
            MistakeKinds.Choice,
            ("choices", new JsonArray([.. ChannelKinds.All.Keys.Order(StringComparer.Ordinal).Select(one => (JsonNode?)one)]))
        );
        return "";
    }

    /// <summary>Settings that are missing are none: what is required is then said of each.</summary>
    private static JsonFields? SettingsOf(JsonFields fields, JsonElement? settings, List<FieldMistake> mistakes) =>
        settings is null ? JsonFields.Of(JsonSerializer.SerializeToElement(new { }), "/settings", mistakes) : fields.Object("settings");
}
