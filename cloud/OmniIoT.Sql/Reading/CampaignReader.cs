using OmniIoT.Domain.Campaigns;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql.Reading;

internal sealed class CampaignReader(ISqlReader sql) : ICampaignQueries
{
    /// <summary>An offer counts once in every state that it reached.</summary>
    public async ValueTask<CampaignReport> ReportAsync(string campaignId, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Topic, string Name, long Count)> rows = await sql.ReadAsync(
            "SELECT topic, name, count FROM campaign_counts WHERE campaign_id = $1",
            [campaignId],
            static row => (row.Text(0), row.Text(1), row.Int64(2)),
            cancellationToken
        );
        Dictionary<string, long> decisions = rows.Where(row => row.Topic == "decision").ToDictionary(row => row.Name, row => row.Count);
        Dictionary<string, long> offers = rows.Where(row => row.Topic == "offer").ToDictionary(row => row.Name, row => row.Count);
        long Offers(OfferState state) => offers.GetValueOrDefault(EnumText<OfferState>.Of(state));
        return new CampaignReport(
            campaignId,
            decisions,
            Offers(OfferState.Sent),
            Offers(OfferState.Delivered),
            Offers(OfferState.Opened),
            Offers(OfferState.Redeemed),
            Offers(OfferState.Expired)
        );
    }
}
