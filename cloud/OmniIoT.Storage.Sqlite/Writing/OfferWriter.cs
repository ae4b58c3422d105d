using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Offers and decisions, and how they count in their campaign's report.</summary>
internal sealed class OfferWriter(DatabaseConnection connection, ChangeWriter changes) : IOfferWriter
{
    private readonly Statement _state = connection.Prepare("SELECT state FROM offers WHERE id = $1");
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO offers (id, customer_id, sent_at, state, json) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (id) DO UPDATE SET sent_at = excluded.sent_at, state = excluded.state, json = excluded.json
        """
    );
    private readonly Statement _append = connection.Prepare(
        "INSERT INTO decisions (id, customer_id, at, json) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING"
    );
    private readonly Statement _count = connection.Prepare(
        """
        INSERT INTO campaign_counts (campaign_id, topic, name, count) VALUES ($1, $2, $3, 1)
        ON CONFLICT (campaign_id, topic, name) DO UPDATE SET count = campaign_counts.count + 1
        """
    );
    private readonly Statement _sent = connection.Prepare(
        "SELECT coalesce(max(count), 0) FROM campaign_counts WHERE campaign_id = $1 AND topic = 'offer' AND name = 'sent'"
    );
    private readonly Statement _deleteOffers = connection.Prepare("DELETE FROM offers WHERE customer_id = $1");
    private readonly Statement _deleteDecisions = connection.Prepare("DELETE FROM decisions WHERE customer_id = $1");

    public void Put(Offer offer)
    {
        CountSteps(offer);
        byte[] json = Json.Write(offer);
        _put.Bind(offer.Id)
            .Bind(offer.CustomerId)
            .Bind(offer.SentAt.UnixMilliseconds)
            .Bind(EnumText<OfferState>.Of(offer.State))
            .Bind(json)
            .Run();
        changes.Add("offer", offer.CustomerId, null, json);
    }

    public void Append(AppendDecision effect)
    {
        RecordedDecision decision = effect.Decision;
        int added = _append.Bind(decision.Id).Bind(effect.CustomerId).Bind(decision.At.UnixMilliseconds).Bind(Json.Write(decision)).Run();
        if (added == 0)
            return;
        Count(decision.CampaignId, "decision", EnumText<OfferReason>.Of(decision.Reason));
        changes.Add("decision", effect.CustomerId, null, Json.WriteWithCustomer(decision, effect.CustomerId));
    }

    /// <summary>Whether a unit would spend more of a budget than is left of it.</summary>
    public bool IsOverspent(IEnumerable<Effect> unit) =>
        unit.OfType<SpendBudget>()
            .GroupBy(spent => spent.CampaignId, StringComparer.Ordinal)
            .Any(campaign => SentBy(campaign.Key) + campaign.Count() > campaign.Min(spent => spent.Budget));

    /// <summary>The report's counts stay: they name nobody.</summary>
    public void Erase(string customerId)
    {
        _deleteOffers.Bind(customerId).Run();
        _deleteDecisions.Bind(customerId).Run();
    }

    /// <summary>
    /// An offer counts once in every state that it reached: one that was redeemed had been sent, one that was opened had
    /// been delivered.
    /// </summary>
    private void CountSteps(Offer offer)
    {
        OfferState? before = StateOf(offer.Id);
        if (before is null)
            Count(offer.CampaignId, OfferState.Sent);
        if (before == offer.State)
            return;
        if (offer.State is OfferState.Opened && before is null or OfferState.Sent)
            Count(offer.CampaignId, OfferState.Delivered);
        if (offer.State is not OfferState.Sent)
            Count(offer.CampaignId, offer.State);
    }

    private long SentBy(string campaignId) => _sent.Bind(campaignId).ReadNumber();

    private OfferState? StateOf(string offerId)
    {
        _state.Bind(offerId);
        OfferState? state = _state.Step() ? Enum.Parse<OfferState>(_state.Text(0), ignoreCase: true) : null;
        _state.Reset();
        return state;
    }

    private void Count(string campaignId, OfferState state) => Count(campaignId, "offer", EnumText<OfferState>.Of(state));

    private void Count(string campaignId, string topic, string name) => _count.Bind(campaignId).Bind(topic).Bind(name).Run();
}
