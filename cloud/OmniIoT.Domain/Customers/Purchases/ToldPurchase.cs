using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Customers.Purchases;

/// <summary>What a shop's system tells of a purchase, its proof checked.</summary>
/// <param name="Channel">The id of the channel that it came by.</param>
/// <param name="From">Who bought, as the shop vouches for them.</param>
/// <param name="Name">What they are called there; null: the shop does not say.</param>
/// <param name="At">When; null: at its arrival.</param>
public sealed record ToldPurchase(string Channel, Identity From, string? Name, Purchase Purchase, bool IsReturn, Instant? At);
