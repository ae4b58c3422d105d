using OmniIoT.Domain.Campaigns;

namespace OmniIoT.Domain.Effects;

public sealed record PutOffer(Offer Offer) : Effect;

/// <summary>
/// One offer of a campaign is sent out of its budget; stands beside its <see cref="PutOffer"/>. A conflict when others have spent
/// the budget meanwhile.
/// </summary>
/// <param name="Budget">Most offers of the campaign.</param>
public sealed record SpendBudget(string CampaignId, long Budget) : Effect;

public sealed record AppendDecision(string CustomerId, RecordedDecision Decision) : Effect;
