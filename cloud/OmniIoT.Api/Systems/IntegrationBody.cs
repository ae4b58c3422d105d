using System.Text.Json;

namespace OmniIoT.Api.Systems;

/// <summary>A help desk of another company that has the same cases as tickets.</summary>
public sealed record IntegrationBody
{
    /// <summary>For people; missing: its id.</summary>
    public string? Name { get; init; }

    /// <summary>zendesk or freshdesk.</summary>
    public required string Type { get; init; }

    /// <summary>
    /// The help desk's own address, as <c>https://shop.zendesk.com</c>. It may not lie in a private network, unless
    /// <c>OmniIoT:Webhooks:AllowPrivate</c> is true.
    /// </summary>
    public required string Endpoint { get; init; }

    /// <summary>
    /// <c>user</c> and <c>token</c> for zendesk, <c>apiKey</c> for freshdesk; a secret that stays is <c>{"set":true}</c>, while the
    /// endpoint has the same host.
    /// </summary>
    public required JsonElement Credentials { get; init; }

    /// <summary>
    /// What calls to <c>/integrations/{id}/inbound</c> are proved by: zendesk signs them with it, freshdesk has it in the address as
    /// <c>token</c>; missing: such calls are refused, and the help desk is polled.
    /// </summary>
    public JsonElement? Secret { get; init; }

    /// <summary>Whose cases become tickets; what begins there goes to the first. None or missing: all, and support.</summary>
    public IReadOnlyList<string>? Queues { get; init; }

    /// <summary>How often it is asked what changed, 0 to 86400; 0: never; missing: 30.</summary>
    public int? PollSeconds { get; init; }
}
