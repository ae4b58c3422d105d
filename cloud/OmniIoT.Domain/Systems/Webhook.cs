using System.Text.Json.Nodes;

namespace OmniIoT.Domain.Systems;

/// <summary>An address of another system, which is called with changes.</summary>
public sealed record Webhook
{
    public required string Id { get; init; }

    public required string Url { get; init; }

    /// <summary>Of <see cref="EventNames.All"/>; none: all.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>What calls are signed with: a text, or sealed as it is stored.</summary>
    public JsonNode? Secret { get; init; }
}
