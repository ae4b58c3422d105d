using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>Finds the triggers that something sets off.</summary>
internal static class Triggering
{
    /// <param name="facts">Asked only when there is a trigger for it.</param>
    /// <param name="about">The letter without key, actor and actions.</param>
    public static void SetOff(this Decision decision, TriggerEvent happened, Func<TriggerFacts> facts, ActionsDue about)
    {
        TriggerFacts? known = null;
        foreach (Trigger trigger in decision.Moment.Catalog.Desk.Triggers)
        {
            if (trigger.On != happened || !trigger.IsFor(happened, known ??= facts()))
                continue;
            decision.Send(about with { Actor = trigger.Actor, Actions = trigger.Actions });
        }
    }

    /// <summary>Has something done by whose it is to do, under a key of its own.</summary>
    public static void Send(this Decision decision, ActionsDue due)
    {
        string id = decision.Moment.NewId();
        decision.Emit(new Tell(new GrainLetter(id, due with { Key = id })));
    }

    public static TriggerEvent Event(this SlaAlert alert) => alert.IsBreach ? TriggerEvent.SlaBreached : TriggerEvent.SlaWarning;
}
