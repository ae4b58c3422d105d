using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Customers;

/// <summary>A person, over all channels. <see cref="Version"/> is the entity tag.</summary>
public sealed record Customer
{
    public required string Id { get; init; }

    public required string? Name { get; init; }

    /// <summary>BCP 47, such as <c>az</c>; null when unknown.</summary>
    public required string? Locale { get; init; }

    /// <summary>IANA name, such as <c>Asia/Baku</c>; null means UTC.</summary>
    public required string? TimeZone { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required Consent Consent { get; init; }

    public required IReadOnlyList<Identity> Identities { get; init; }

    public required Instant CreatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>What other systems know of them: texts, numbers and booleans by name.</summary>
    public JsonObject Traits { get; init; } = [];
}

/// <summary>What the customer allows. Nothing is allowed until said.</summary>
public sealed record Consent(bool Location = false, bool Offers = false, bool Email = false, bool Sms = false);

/// <summary>An address of the customer on a channel: <c>email</c>, <c>phone</c>, <c>telegram</c>, ….</summary>
public sealed record Identity(string Type, string Value)
{
    /// <summary>False when somebody only said that it is theirs: nothing that comes from it is taken for theirs.</summary>
    public bool Verified { get; init; } = true;

    /// <summary>Whether it is the same address however the two were typed.</summary>
    public bool IsSame(Identity other) =>
        Type == other.Type && string.Equals(Bare(Type, Value), Bare(Type, other.Value), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string type, string value) => type == "phone" ? string.Concat(value.Where(char.IsAsciiDigit)) : value.Trim();
}
