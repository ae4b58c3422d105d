namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>Where it says whether it can be used, and in which words.</summary>
internal sealed record Availability(string Topic, string Online, string Offline)
{
    /// <summary>Of <c>availability_topic</c>, or of the list <c>availability</c>.</summary>
    public static IReadOnlyList<Availability> Of(DiscoveryFields fields)
    {
        if (fields.Topic("availability_topic") is { } topic)
            return [Of(topic, fields)];
        return [.. from each in fields.Each("availability") where each.Topic("topic") is not null select Of(each.Topic("topic")!, each)];
    }

    private static Availability Of(string topic, DiscoveryFields fields) =>
        new(topic, fields.Text("payload_available") ?? "online", fields.Text("payload_not_available") ?? "offline");
}
