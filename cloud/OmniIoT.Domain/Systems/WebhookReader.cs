using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Systems;

/// <summary>
/// Reads <c>{"url":"https://…","events":["case.*"],"secret":"…"}</c>; a webhook is accepted, or refused whole with every mistake.
/// </summary>
public static class WebhookReader
{
    private const int MaxName = 200;
    private const int MaxSecret = 500;
    private const int MaxEvents = 100;

    /// <param name="id">Its id, from the address.</param>
    /// <param name="document">The JSON.</param>
    /// <param name="allowsPrivate">Whether it may lead into a private network.</param>
    public static DocumentReading<Webhook> Read(string id, JsonElement document, bool allowsPrivate) =>
        DocumentReading.Of(document, ["id", "name", "url", "events", "secret"], fields => Read(id, fields, allowsPrivate));

    private static Webhook Read(string id, JsonFields fields, bool allowsPrivate)
    {
        fields.Text("name", MaxName);
        return new Webhook
        {
            Id = id,
            Url = OutwardAddress.Read(fields, "url", allowsPrivate),
            Events = ReadEvents(fields),
            Secret = JsonValue.Create(fields.RequiredText("secret", MaxSecret)),
        };
    }

    private static IReadOnlyList<string> ReadEvents(JsonFields fields)
    {
        IReadOnlyList<string> events = fields.Texts("events");
        if (events.Count > MaxEvents)
            fields.RefuseAs("events", MistakeKinds.TooMany, ("max", MaxEvents));
        foreach (string name in events.Take(MaxEvents).Except(EventNames.All))
            fields.Refuse("events", $"'{name}' {NearestName.Explain(name, EventNames.All)}");
        return events;
    }
}
