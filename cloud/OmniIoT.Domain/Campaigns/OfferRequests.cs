namespace OmniIoT.Domain.Campaigns;

public sealed record RedeemOffer(string OfferId, string Code, string? SiteId);

/// <summary>The app says that its user looked at the offer.</summary>
public sealed record OpenOffer(string OfferId);
