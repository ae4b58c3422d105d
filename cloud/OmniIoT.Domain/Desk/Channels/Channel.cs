using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace OmniIoT.Domain.Desk.Channels;

/// <summary>A way by which the company and its customers talk: one mailbox, one telephone number, one bot of a messenger.</summary>
public sealed record Channel
{
    public required string Id { get; init; }

    /// <summary>Which adapter speaks it: <c>webchat email sms voice whatsapp messenger telegram webhook push</c>.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>Where its conversations begin; null: <c>support</c>.</summary>
    public string? Queue { get; init; }

    /// <summary>Which bot answers first; null: none.</summary>
    public string? Bot { get; init; }

    /// <summary>The voice menu; null: none.</summary>
    public string? Flow { get; init; }

    /// <summary>Whether it takes and sends messages.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>What its adapter wants to know, secrets among it; those are never read back.</summary>
    public JsonObject Settings { get; init; } = [];

    public int Version { get; init; }

    /// <summary>Whose numbers are meant that come without their country, in two letters; null: nobody's.</summary>
    [JsonIgnore]
    public string? Region => Settings["region"] is JsonValue value && value.TryGetValue(out string? region) ? region : null;
}
