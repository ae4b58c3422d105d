using OmniIoT.Devices.Time;
using OmniIoT.Domain.Telemetry;

namespace OmniIoT.Domain.Decisions;

/// <summary>What all decisions of a process rest on: its settings, and where ids and numbers come from. Thread-safe.</summary>
/// <param name="newId">Makes an id that is greater than those before it.</param>
/// <param name="nextArrival">Counts the readings that came without a time and a number, over all scopes of the process.</param>
/// <param name="isLiving">Whether a run of a process, by its name, still goes on: the connections of one that does not are gone.</param>
/// <param name="toldByClock">What the machine's clock says, believed or not: one that was just set right knows better than time that goes
/// on as before, and what it does not take for the future must not be lost.</param>
public sealed class DecisionBasis(
    DecisionSettings settings,
    Func<string> newId,
    Func<NumberKind, long> nextNumber,
    Func<string> newOfferCode,
    Func<long> nextArrival,
    Func<string, bool> isLiving,
    Func<Instant> toldByClock
)
{
    public DecisionSettings Settings { get; } = settings;

    internal string NewId() => newId();

    internal long NextNumber(NumberKind kind) => nextNumber(kind);

    internal string NewOfferCode() => newOfferCode();

    internal long NextArrival() => ArrivalNumber.Of(nextArrival());

    internal Instant ToldByClock() => toldByClock();

    internal bool IsLiving(string process) => isLiving(process);
}

/// <summary>What has numbers for people; each kind counts for itself.</summary>
public enum NumberKind
{
    Case,
    Conversation,
}
