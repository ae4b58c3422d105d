using System.Text.Json;

namespace OmniIoT.Api.Systems;

/// <summary>Another system that is called with changes.</summary>
public sealed record WebhookBody
{
    /// <summary>For people; missing: its id.</summary>
    public string? Name { get; init; }

    /// <summary>
    /// With http or https, of up to 2000 characters. It may not lead into a private network, unless
    /// <c>OmniIoT:Webhooks:AllowPrivate</c> is true.
    /// </summary>
    public required string Url { get; init; }

    /// <summary>
    /// Kinds of the timeline and of the event stream, or all that begin alike, as <c>case.*</c>; none or missing: all.
    /// </summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>A text of up to 500 characters that calls are signed with, or <c>{"set":true}</c> for the one that there is.</summary>
    public required JsonElement Secret { get; init; }
}
