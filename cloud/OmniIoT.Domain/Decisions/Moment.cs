using OmniIoT.Devices.Time;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Domain.Decisions;

/// <summary>What one decision sees of the world around it; nothing of it changes while it is decided.</summary>
/// <param name="Catalog">The catalog of this batch.</param>
/// <param name="Now">When the message was received, or now for requests and timers.</param>
public readonly record struct Moment(DecisionBasis Basis, Catalog Catalog, Instant Now)
{
    public DecisionSettings Settings => Basis.Settings;

    /// <summary>The last time that can be; what is later, a wrong clock wrote.</summary>
    internal Instant Latest => Now + Settings.FarFuture;

    /// <summary>As long ago as <see cref="Latest"/> is ahead: for what has to bear a time that whatever comes is newer than.</summary>
    internal Instant Earliest => Now - Settings.FarFuture;

    public string NewId() => Basis.NewId();

    internal long NextCaseNumber() => Basis.NextNumber(NumberKind.Case);

    internal long NextConversationNumber() => Basis.NextNumber(NumberKind.Conversation);

    internal string NewOfferCode() => Basis.NewOfferCode();

    internal long NextArrival() => Basis.NextArrival();

    internal bool IsLiving(string process) => Basis.IsLiving(process);

    /// <summary>
    /// The time at which a message is judged: its own; its arrival when it names none or its clock is ahead, by however little, so that
    /// no lead makes late what follows it. What is judged at its arrival is never late itself.
    /// </summary>
    /// <param name="newest">The newest time at which one of the same sender was judged.</param>
    /// <returns>Null; or a refusal, when the time is absurd.</returns>
    internal Refusal? Judge(Instant? sentAt, Instant? newest, out Instant at)
    {
        if (sentAt is { } told && told <= Now)
        {
            at = told;
            return null;
        }
        // A clock of ours may step back, or be behind that of the process that took the message before.
        at = newest is { } known && known <= Latest ? Instant.Max(Now, known) : Now;
        return sentAt > Latest && sentAt > Basis.ToldByClock() + Settings.FarFuture
            ? new Refusal(
                DeadLetterReason.Future,
                $"ts {sentAt} is more than {Settings.FarFuture.TotalHours:0} h ahead of the arrival at {Now}"
            )
            : null;
    }

    /// <summary>Whether something that happened then is too old to bother a customer with.</summary>
    internal bool IsStale(Instant at) => at < Now - Settings.Offers.StaleAfter;
}
