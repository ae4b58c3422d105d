using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Customers;

/// <summary>A person, over all channels. <see cref="Version"/> is the entity tag.</summary>
/// <param name="Locale">BCP 47, such as <c>az</c>; null when unknown.</param>
/// <param name="TimeZone">IANA name, such as <c>Asia/Baku</c>; null means UTC.</param>
public sealed record Customer(
    string Id,
    string? Name,
    string? Locale,
    string? TimeZone,
    IReadOnlyList<string> Tags,
    Consent Consent,
    IReadOnlyList<Identity> Identities,
    Instant CreatedAt,
    int Version
)
{
    /// <summary>What other systems know of them: texts, numbers and booleans by name.</summary>
    public JsonObject Traits { get; init; } = [];
}

/// <summary>What the customer allows. Nothing is allowed until said.</summary>
public sealed record Consent(bool Location = false, bool Offers = false, bool Email = false, bool Sms = false);

/// <summary>An address of the customer on a channel: <c>email</c>, <c>phone</c>, <c>telegram</c>, ….</summary>
public sealed record Identity(string Type, string Value);
