using System.Text.Json.Nodes;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Timeline;

/// <summary>Writes entries of the platform: their words in English, and beside them what they say, for other languages.</summary>
internal static class TimelineWriting
{
    /// <summary>
    /// The member of an entry's data that says the same as its title and text: <c>{"title":[{"kind","values"}],"text":[…]}</c>, null where
    /// somebody else wrote them.
    /// </summary>
    public const string Sentences = "sentences";

    public static TimelineEntry Entry(this Moment moment, Happening happening)
    {
        if (happening.Title.Sentences.Count + happening.Text.Sentences.Count > 0)
            happening.Data[Sentences] = new JsonObject { ["title"] = happening.Title.ToJson(), ["text"] = happening.Text.ToJson() };
        return new TimelineEntry
        {
            Id = happening.Id ?? moment.NewId(),
            CustomerId = happening.CustomerId,
            At = happening.At,
            RecordedAt = moment.Now,
            Kind = happening.Kind,
            Channel = happening.Channel,
            Direction = happening.Direction,
            Actor = happening.Actor,
            Title = happening.Title.Text ?? "",
            Text = happening.Text.Text,
            Refs = happening.Refs,
            Data = happening.Data,
        };
    }

    public static void Append(this Decision decision, Happening happening) =>
        decision.Emit(new AppendTimeline(decision.Moment.Entry(happening)));
}
