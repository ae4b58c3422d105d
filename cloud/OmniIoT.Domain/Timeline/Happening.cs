using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Timeline;

/// <summary>Something that the platform writes on a timeline.</summary>
/// <param name="Kind">One of <see cref="TimelineKind"/>.</param>
/// <param name="Actor">Who did it; see <see cref="TimelineEntry"/>.</param>
internal sealed record Happening(string Kind, string Actor, Wording Title, Wording Text = default)
{
    /// <summary>Whose timeline; null when it concerns a device that nobody owns.</summary>
    public required string? CustomerId { get; init; }

    /// <summary>When it happened.</summary>
    public required Instant At { get; init; }

    /// <summary>Where it happened; see <see cref="TimelineEntry"/>.</summary>
    public required string Channel { get; init; }

    public required TimelineDirection Direction { get; init; }

    public TimelineRefs Refs { get; init; } = TimelineRefs.None;

    /// <summary>What else programs may want to know; the sentences are added to it.</summary>
    public JsonObject Data { get; init; } = [];

    /// <summary>Of the entry; null: a new one.</summary>
    public string? Id { get; init; }
}
