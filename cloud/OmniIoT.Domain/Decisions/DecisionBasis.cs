using OmniIoT.Domain.Telemetry;

namespace OmniIoT.Domain.Decisions;

/// <summary>What all decisions of a process rest on: its settings, and where ids and numbers come from. Thread-safe.</summary>
/// <param name="newId">Makes an id that is greater than those before it.</param>
/// <param name="nextArrival">Counts the readings that came without a time and a number, over all scopes of the process.</param>
/// <param name="isLiving">Whether a run of a process, by its name, still goes on: the connections of one that does not are gone.</param>
public sealed class DecisionBasis(
    DecisionSettings settings,
    Func<string> newId,
    Func<long> nextCaseNumber,
    Func<string> newOfferCode,
    Func<long> nextArrival,
    Func<string, bool> isLiving
)
{
    public DecisionSettings Settings { get; } = settings;

    internal string NewId() => newId();

    internal long NextCaseNumber() => nextCaseNumber();

    internal string NewOfferCode() => newOfferCode();

    internal long NextArrival() => ArrivalNumber.Of(nextArrival());

    internal bool IsLiving(string process) => isLiving(process);
}
