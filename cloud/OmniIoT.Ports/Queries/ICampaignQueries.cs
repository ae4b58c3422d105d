namespace OmniIoT.Ports.Queries;

/// <summary>How a campaign goes: decisions by reason, offers by state; counted at write, not by scanning.</summary>
public sealed record CampaignReport(
    string CampaignId,
    IReadOnlyDictionary<string, long> Decisions,
    long Sent,
    long Delivered,
    long Opened,
    long Redeemed,
    long Expired
);

public interface ICampaignQueries
{
    ValueTask<CampaignReport> ReportAsync(string campaignId, CancellationToken cancellationToken);
}
