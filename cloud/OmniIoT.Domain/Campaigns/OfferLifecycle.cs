using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>The moves of an offer from sent to its end. What is not in the table is rejected.</summary>
public static class OfferLifecycle
{
    /// <summary>The customer's app acknowledged it.</summary>
    public static OfferMove Deliver(Offer offer, Instant now) => MoveWhileValid(offer, OfferState.Delivered, now);

    /// <summary>The customer looked at it, perhaps before the acknowledgement came.</summary>
    public static OfferMove Open(Offer offer, Instant now) => MoveWhileValid(offer, OfferState.Opened, now);

    /// <summary>The customer uses it. Who does not know the code learns nothing else.</summary>
    /// <param name="siteId">Where it is used; must be the offer's site; null is not checked.</param>
    public static OfferMove Redeem(Offer offer, string code, string? siteId, Instant now)
    {
        if (!OfferCode.Matches(offer.Code, code))
            return new OfferMove(null, new WrongCode());
        if (offer.State is OfferState.Redeemed)
            return new OfferMove(null, new OfferAlreadyRedeemed());
        if (siteId is not null && siteId != offer.SiteId)
            return new OfferMove(null, new WrongSite(offer.SiteId));
        return MoveWhileValid(offer, OfferState.Redeemed, now);
    }

    /// <summary>Its time ran out.</summary>
    public static OfferMove Expire(Offer offer, Instant now) =>
        now < offer.ExpiresAt ? new OfferMove(null, new OfferStillValid(offer.ExpiresAt)) : Move(offer, OfferState.Expired);

    internal static bool Allows(OfferState from, OfferState to) =>
        from switch
        {
            OfferState.Sent => to is OfferState.Delivered or OfferState.Opened or OfferState.Redeemed or OfferState.Expired,
            OfferState.Delivered => to is OfferState.Opened or OfferState.Redeemed or OfferState.Expired,
            OfferState.Opened => to is OfferState.Redeemed or OfferState.Expired,
            _ => false,
        };

    private static OfferMove MoveWhileValid(Offer offer, OfferState to, Instant now) =>
        offer.State is OfferState.Expired || (offer.State is not OfferState.Redeemed && now >= offer.ExpiresAt)
            ? new OfferMove(null, new OfferExpired(offer.ExpiresAt))
            : Move(offer, to);

    private static OfferMove Move(Offer offer, OfferState to) =>
        Allows(offer.State, to)
            ? new OfferMove(offer with { State = to }, null)
            : new OfferMove(null, new OfferMoveNotAllowed(offer.State, to));
}

/// <summary>The offer after the move, or why it was rejected; exactly one of them is set.</summary>
public readonly record struct OfferMove(Offer? Offer, OfferRejection? Rejection);

/// <summary>Why a move of an offer was rejected.</summary>
public abstract record OfferRejection;

public sealed record OfferExpired(Instant ExpiresAt) : OfferRejection;

public sealed record OfferStillValid(Instant ExpiresAt) : OfferRejection;

public sealed record OfferAlreadyRedeemed : OfferRejection;

public sealed record WrongCode : OfferRejection;

public sealed record WrongSite(string ExpectedSiteId) : OfferRejection;

public sealed record OfferMoveNotAllowed(OfferState From, OfferState To) : OfferRejection;
