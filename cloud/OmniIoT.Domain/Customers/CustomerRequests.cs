using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers.Purchases;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Customers;

public sealed record PutCustomerData
{
    public required string? Name { get; init; }

    public required string? Locale { get; init; }

    public required string? TimeZone { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required Consent Consent { get; init; }

    public required IReadOnlyList<Identity> Identities { get; init; }

    public required int? ExpectedVersion { get; init; }

    public required string Actor { get; init; }

    public JsonObject Traits { get; init; } = [];
}

public sealed record CustomerStored(Customer Customer, bool Created);

/// <summary>Makes the customer <paramref name="From"/> one person with the asked one, who survives.</summary>
public sealed record MergeCustomer(string From, int? ExpectedVersion, string Actor);

/// <summary>Undoes the merge of <paramref name="From"/> into the asked one.</summary>
public sealed record UnmergeCustomer(string From, int? ExpectedVersion, string Actor);

/// <summary>The customer bought something, or brought it back.</summary>
/// <param name="Channel">Where: a shop's or a system's name.</param>
/// <param name="At">Null: now; a time that is to come counts as now.</param>
public sealed record AddPurchase(Purchase Purchase, bool IsReturn, string Actor, string Channel, Instant? At);

/// <summary>Adds an entry that another system or an agent reports.</summary>
public sealed record AddTimelineEntry
{
    /// <summary>What the other system calls it: the same again changes nothing. Null: each is another one.</summary>
    public string? Key { get; init; }

    public required Instant? At { get; init; }

    public required string Kind { get; init; }

    public required string Channel { get; init; }

    public required TimelineDirection Direction { get; init; }

    public required string Actor { get; init; }

    public required string Title { get; init; }

    public required string? Text { get; init; }

    public required TimelineRefs Refs { get; init; }

    public required JsonObject? Data { get; init; }
}
