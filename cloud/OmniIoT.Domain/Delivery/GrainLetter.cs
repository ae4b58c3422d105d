using OmniIoT.Devices;

namespace OmniIoT.Domain.Delivery;

/// <summary>What one grain tells another, found by what it says; it waits in storage until it is handled.</summary>
/// <param name="Id">Key, orders by time.</param>
public sealed record GrainLetter(string Id, TagSighted Content);

/// <summary>A scanner in a store heard a tag; the customers with the identity <c>tag</c> of this value carry it.</summary>
public sealed record TagSighted(
    string ScannerId,
    string SiteId,
    string Tag,
    Instant At,
    Instant ReceivedAt,
    double RssiDbm
);
