using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Devices.Topics;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Voice;

namespace OmniIoT.Domain.Customers;

/// <summary>
/// The behaviour of one customer: where they are, what they are offered, what is said with them. It decides and emits effects;
/// nothing is true until they are committed. Split by topic over several files.
/// </summary>
public sealed partial class CustomerDecider(CustomerState state, VisitTracker tracker)
{
    public CustomerState State => state;

    private string Id => state.Facts.Customer.Id;

    private string Actor => "customer:" + Id;

    /// <summary>
    /// Handles a message of the customer's app. Afterwards <see cref="TakeTriggered"/> tells which campaigns it concerns.
    /// </summary>
    /// <returns>Null when it was understood, else why not.</returns>
    public Refusal? Handle(DecisionScope scope, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        if (payload.Length > Payload.MaxBytes)
            return new Refusal(DeadLetterReason.TooLarge, $"the payload has {payload.Length} bytes, {Payload.MaxBytes} are allowed");
        return PlatformTopics.Parse(topic).Kind switch
        {
            TopicKind.CustomerLocation => HandleLocation(scope.Decision, payload),
            TopicKind.CustomerSightings => HandleSightings(scope, payload),
            _ => new Refusal(DeadLetterReason.WrongShape, "nothing is known to come on this topic"),
        };
    }

    /// <summary>What the passing of time has brought.</summary>
    /// <param name="othersAskedAt">When another customer who is the same person was last sent a survey; null: never.</param>
    public void WakeUp(Decision decision, Instant? othersAskedAt = null)
    {
        ObeyConsent(decision);
        EndSnoozes(decision);
        EndLostCalls(decision);
        CallBackWhatIsDue(decision);
        Take(decision, tracker.OnTimer(state.Visits, decision.Moment.Now, decision.Moment.Catalog.Dwells));
        ExpireOffers(decision);
        SendSurveys(decision, othersAskedAt);
    }

    /// <summary>When to wake up next; null when nothing waits.</summary>
    public Instant? NextDue(Moment moment)
    {
        Instant? due = tracker.NextDue(state.Visits, moment.Catalog.Dwells);
        foreach (Offer offer in state.Facts.Offers)
            due = due is { } known && known <= offer.ExpiresAt ? known : offer.ExpiresAt;
        foreach (Conversation conversation in state.Facts.Conversations)
            due = conversation.SnoozedUntil is { } until && !(due <= until) ? until : due;
        foreach (SurveyDue survey in state.Facts.SurveysDue)
            due = due is { } known && known <= survey.DueAt ? known : survey.DueAt;
        due = NextCallBack(moment.Now) is { } call && !(due <= call) ? call : due;
        return NextLostCall is { } lost && !(due <= lost) ? lost : due;
    }
}
