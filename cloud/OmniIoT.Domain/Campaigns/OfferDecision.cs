using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Campaigns;

/// <summary>Whether an offer is sent, why, and what that rests on.</summary>
/// <param name="Reason">The first reason in the order of <see cref="OfferReason"/> that holds; <see cref="OfferReason.Sent"/> when none
/// does.</param>
/// <param name="Inputs">What was looked at, up to and including the reason, for the record.</param>
public sealed record OfferDecision(OfferReason Reason, JsonObject Inputs)
{
    public OfferOutcome Outcome => Reason is OfferReason.Sent ? OfferOutcome.Sent : OfferOutcome.Refused;

    /// <summary>The reason as the contract writes it, such as <c>noConsent</c>.</summary>
    public string ReasonName => NameOf(Reason);

    /// <summary>Decides on one offer of one campaign to one customer.</summary>
    /// <param name="campaign">The campaign; that the trigger is its own has been asked of <see cref="Campaign.IsTriggeredBy"/>.</param>
    /// <param name="trigger">What happened.</param>
    /// <param name="customer">What is known of the customer.</param>
    /// <param name="settings">The rules over all campaigns.</param>
    /// <param name="offersSent">Offers of this campaign sent so far to all customers, for its budget.</param>
    /// <param name="now">Our time.</param>
    public static OfferDecision Decide(
        Campaign campaign,
        OfferTrigger trigger,
        CustomerFacts customer,
        OfferSettings settings,
        long offersSent,
        Instant now
    ) => new OfferQuestion(campaign, trigger, customer, settings, offersSent, now).Answer();

    /// <summary>A reason as the contract writes it.</summary>
    public static string NameOf(OfferReason reason) => JsonNamingPolicy.CamelCase.ConvertName(reason.ToString());
}

/// <summary>The two ends of a decision.</summary>
public enum OfferOutcome
{
    Sent,
    Refused,
}

/// <summary>Why an offer is not sent, in the order in which the reasons are tested, and last that it is.</summary>
public enum OfferReason
{
    /// <summary>It happened too long ago, or younger fixes had come before it was known.</summary>
    Stale,

    /// <summary>This campaign already made an offer on this visit.</summary>
    Duplicate,

    /// <summary>No consent to location, or none to offers.</summary>
    NoConsent,

    /// <summary>Before, after or outside the hours of the campaign.</summary>
    Schedule,

    /// <summary>Not addressed.</summary>
    Audience,

    /// <summary>In the share that gets no offers, to compare with.</summary>
    Holdout,

    /// <summary>The customer has troubles that hold this campaign back.</summary>
    Suppressed,

    /// <summary>The customer's quiet hours.</summary>
    QuietHours,

    /// <summary>Too soon after the campaign's last offer to the customer.</summary>
    Cooldown,

    /// <summary>Enough of this campaign, or enough of all campaigns today.</summary>
    Cap,

    /// <summary>The campaign has sent all that it may.</summary>
    Budget,

    /// <summary>None of these: the offer goes out.</summary>
    Sent,
}
