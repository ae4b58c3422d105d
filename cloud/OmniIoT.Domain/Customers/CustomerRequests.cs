using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

public sealed record PutCustomerData(
    string? Name,
    string? Locale,
    string? TimeZone,
    IReadOnlyList<string> Tags,
    Consent Consent,
    IReadOnlyList<Identity> Identities,
    int? ExpectedVersion,
    string Actor
)
{
    public JsonObject Traits { get; init; } = [];
}

public sealed record CustomerStored(Customer Customer, bool Created);

/// <summary>Makes the customer <paramref name="From"/> one person with the asked one, who survives.</summary>
public sealed record MergeCustomer(string From, int? ExpectedVersion, string Actor);

/// <summary>Undoes the merge of <paramref name="From"/> into the asked one.</summary>
public sealed record UnmergeCustomer(string From, int? ExpectedVersion, string Actor);

/// <summary>Adds an entry that another system or an agent reports.</summary>
public sealed record AddTimelineEntry(
    Instant? At,
    string Kind,
    string Channel,
    TimelineDirection Direction,
    string Actor,
    string Title,
    string? Text,
    TimelineRefs Refs,
    JsonObject? Data
);
