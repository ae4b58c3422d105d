using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Systems;

/// <summary>
/// Reads <c>{"type":"zendesk","endpoint":"https://…","credentials":{"user","token"},"queues":[],"pollSeconds":30}</c>; accepted, or refused
/// whole with every mistake.
/// </summary>
public static class IntegrationReader
{
    private const int MaxName = 200;
    private const int MaxSecret = 500;
    private const int MaxQueues = 100;
    private const int LongestPollSeconds = 86_400;

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    /// <param name="allowsPrivate">Whether it may lie in a private network.</param>
    public static DocumentReading<Integration> Read(string id, JsonElement document, bool allowsPrivate) =>
        DocumentReading.Of(
            document,
            ["id", "name", "type", "endpoint", "credentials", "secret", "queues", "pollSeconds"],
            fields => Read(id, fields, allowsPrivate)
        );

    private static Integration Read(string id, JsonFields fields, bool allowsPrivate)
    {
        fields.Text("name", MaxName);
        string type = ReadType(fields);
        return new Integration
        {
            Id = id,
            Type = type,
            Endpoint = OutwardAddress.Read(fields, "endpoint", allowsPrivate).TrimEnd('/'),
            Credentials = ReadCredentials(type, fields.RequiredObject("credentials")),
            Secret = JsonValue.Create(fields.Text("secret", MaxSecret)),
            Queues = fields.Texts("queues", MaxQueues, MaxName),
            PollSeconds = (int)(fields.Whole("pollSeconds", 0, LongestPollSeconds) ?? Integration.DefaultPollSeconds),
        };
    }

    private static string ReadType(JsonFields fields)
    {
        string? type = fields.RequiredText("type", MaxName);
        if (type is not (null or Integration.Zendesk or Integration.Freshdesk))
            fields.RefuseAs("type", MistakeKinds.Choice, ("choices", new JsonArray(Integration.Freshdesk, Integration.Zendesk)));
        return type ?? "";
    }

    private static JsonObject ReadCredentials(string type, JsonFields? fields)
    {
        if (fields is null)
            return [];
        string[] names = type is Integration.Freshdesk ? ["apiKey"] : ["user", "token"];
        fields.RefuseOthers(names);
        JsonObject credentials = [];
        foreach (string name in names)
            credentials[name] = fields.RequiredText(name, MaxSecret);
        return credentials;
    }
}
