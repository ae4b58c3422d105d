using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Offers and decisions.</summary>
internal interface IOfferWriter
{
    void Put(Offer offer);
    void Append(AppendDecision effect);
    void Erase(string customerId);
}
