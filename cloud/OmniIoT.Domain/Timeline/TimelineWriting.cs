using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Timeline;

/// <summary>Writes entries of the platform: their words in English, and beside them what they say, for other languages.</summary>
internal static class TimelineWriting
{
    /// <summary>
    /// The member of an entry's data that says the same as its title and text: <c>{"title":[{"kind","values"}],"text":[…]}</c>, null where
    /// somebody else wrote them.
    /// </summary>
    public const string Sentences = "sentences";

    /// <param name="id">Null: a new one.</param>
    public static TimelineEntry Entry(
        this DecisionScope scope,
        string? customerId,
        Instant at,
        string kind,
        string channel,
        TimelineDirection direction,
        string actor,
        Wording title,
        Wording text,
        TimelineRefs refs,
        JsonObject data,
        string? id = null
    )
    {
        if (title.Sentences.Count + text.Sentences.Count > 0)
            data[Sentences] = new JsonObject { ["title"] = title.ToJson(), ["text"] = text.ToJson() };
        return new TimelineEntry(
            id ?? scope.NewId(),
            customerId,
            at,
            scope.Now,
            kind,
            channel,
            direction,
            actor,
            title.Text ?? "",
            text.Text,
            refs,
            data
        );
    }
}
