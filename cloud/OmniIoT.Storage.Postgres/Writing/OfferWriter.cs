using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Offers and decisions, and how they count in their campaign's report.</summary>
internal sealed class OfferWriter(CommitWork work, ChangeWriter changes) : IOfferWriter
{
    private const string States = "SELECT id, state, customer_id FROM offers WHERE id = ANY($1)";

    private const string Sent = """
        SELECT campaign_id, count FROM campaign_counts WHERE campaign_id = ANY($1) AND topic = 'offer' AND name = 'sent'
        """;

    private const string Count = """
        INSERT INTO campaign_counts (campaign_id, topic, name, count) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[])
        ON CONFLICT (campaign_id, topic, name) DO UPDATE SET count = campaign_counts.count + excluded.count
        """;

    private readonly Dictionary<string, (OfferState State, string CustomerId)> _offers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _sent = new(StringComparer.Ordinal);
    private readonly Dictionary<(string CampaignId, string Topic, string Name), long> _counts = [];
    private readonly List<(NewRow Row, string CampaignId, string Reason)> _decisions = [];

    /// <summary>Whether some counts go up only if rows turn out to be new.</summary>
    public bool AwaitsRows => _decisions.Count > 0;

    /// <summary>Adds the statements that read what the units' offers rest on.</summary>
    public void Load(IEnumerable<CommitUnit> units)
    {
        string[] offers = [.. units.SelectMany(unit => unit.Effects).OfType<PutOffer>().Select(put => put.Offer.Id).Distinct()];
        string[] campaigns = [.. units.SelectMany(unit => unit.Effects).OfType<SpendBudget>().Select(spend => spend.CampaignId).Distinct()];
        if (offers.Length > 0)
            work.Batch.Add(
                States,
                [offers],
                row => _offers[row.GetString(0)] = (Enum.Parse<OfferState>(row.GetString(1), ignoreCase: true), row.GetString(2))
            );
        if (campaigns.Length > 0)
            work.Batch.Add(Sent, [campaigns], row => _sent[row.GetString(0)] = row.GetInt64(1));
    }

    public void Put(Offer offer)
    {
        CountSteps(offer);
        _offers[offer.Id] = (offer.State, offer.CustomerId);
        byte[] json = Json.Write(offer);
        work[Tables.Offers].Put(offer.Id, offer.CustomerId, offer.SentAt.UnixMilliseconds, EnumText<OfferState>.Of(offer.State), json);
        changes.Add("offer", offer.CustomerId, null, json);
    }

    public void Append(AppendDecision effect)
    {
        RecordedDecision decision = effect.Decision;
        NewRow? row = work[Tables.Decisions].Append(decision.Id, effect.CustomerId, decision.At.UnixMilliseconds, Json.Write(decision));
        if (row is not null)
            _decisions.Add((row, decision.CampaignId, EnumText<OfferReason>.Of(decision.Reason)));
        changes.AddIfNew(row, "decision", effect.CustomerId, null, Json.WriteWithCustomer(decision, effect.CustomerId));
    }

    /// <summary>Whether a unit would spend more of a budget than is left of it.</summary>
    public bool IsOverspent(IEnumerable<Effect> unit) =>
        unit.OfType<SpendBudget>()
            .GroupBy(spent => spent.CampaignId, StringComparer.Ordinal)
            .Any(campaign => _sent.GetValueOrDefault(campaign.Key) + campaign.Count() > campaign.Min(spent => spent.Budget));

    /// <summary>The report's counts stay: they name nobody.</summary>
    public void Erase(string customerId)
    {
        work[Tables.Offers].DeleteWhere("customer_id", customerId);
        work[Tables.Decisions].DeleteWhere("customer_id", customerId);
        foreach (string id in _offers.Where(offer => offer.Value.CustomerId == customerId).Select(offer => offer.Key).ToList())
            _offers.Remove(id);
    }

    /// <summary>Adds the statement that counts, once rows are known.</summary>
    public void Tally()
    {
        foreach ((NewRow row, string campaignId, string reason) in _decisions)
        {
            if (row.IsNew)
                Add(campaignId, "decision", reason);
        }
        if (_counts.Count == 0)
            return;
        // In order, so that two processes that count the same wait for each other and do not lock each other out.
        (string CampaignId, string Topic, string Name)[] names =
        [
            .. _counts
                .Keys.OrderBy(key => key.CampaignId, StringComparer.Ordinal)
                .ThenBy(key => key.Topic, StringComparer.Ordinal)
                .ThenBy(key => key.Name, StringComparer.Ordinal),
        ];
        work.Batch.Add(
            Count,
            names.Select(key => key.CampaignId).ToArray(),
            names.Select(key => key.Topic).ToArray(),
            names.Select(key => key.Name).ToArray(),
            names.Select(key => _counts[key]).ToArray()
        );
    }

    /// <summary>
    /// An offer counts once in every state that it reached: one that was redeemed had been sent, one that was opened had
    /// been delivered.
    /// </summary>
    private void CountSteps(Offer offer)
    {
        OfferState? before = _offers.TryGetValue(offer.Id, out (OfferState State, string) known) ? known.State : null;
        if (before is null)
        {
            Add(offer.CampaignId, OfferState.Sent);
            _sent[offer.CampaignId] = _sent.GetValueOrDefault(offer.CampaignId) + 1;
        }
        if (before == offer.State)
            return;
        if (offer.State is OfferState.Opened && before is null or OfferState.Sent)
            Add(offer.CampaignId, OfferState.Delivered);
        if (offer.State is not OfferState.Sent)
            Add(offer.CampaignId, offer.State);
    }

    private void Add(string campaignId, OfferState state) => Add(campaignId, "offer", EnumText<OfferState>.Of(state));

    private void Add(string campaignId, string topic, string name) =>
        _counts[(campaignId, topic, name)] = _counts.GetValueOrDefault((campaignId, topic, name)) + 1;
}
