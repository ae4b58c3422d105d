using OmniIoT.Devices.Models;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Rules;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Telemetry;

namespace OmniIoT.Domain.Decisions;

/// <summary>Settings that decisions depend on.</summary>
public sealed record DecisionSettings
{
    public OfferSettings Offers { get; init; } = new();

    public VisitSettings Visits { get; init; } = new();

    /// <summary>A time of a message further ahead than this cannot be meant: dead letter. 24 h by contract.</summary>
    public TimeSpan FarFuture { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>
/// What a decision has at hand: the catalog, the sources of time and ids, where effects go, and scratch that is reused from
/// message to message. Lent to one turn at a time.
/// </summary>
/// <param name="newId">Makes an id that is greater than those before it, and than the one it is given, which another process may have
/// made.</param>
/// <param name="nextArrival">Counts the readings that came without a time and a number, over all scopes of the process.</param>
/// <param name="isLiving">Whether a run of a process, by its name, still goes on: the connections of one that does not are gone.</param>
public sealed class DecisionScope(
    DecisionSettings settings,
    Func<string?, string> newId,
    Func<long> nextCaseNumber,
    Func<string> newOfferCode,
    Func<long> nextArrival,
    Func<string, bool> isLiving
)
{
    public DecisionSettings Settings { get; } = settings;

    internal bool IsLiving(string process) => isLiving(process);

    /// <summary>The catalog of this batch.</summary>
    public Catalog Catalog { get; set; } = Catalog.Empty;

    /// <summary>When the message was received, or now for requests and timers.</summary>
    public Instant Now { get; set; }

    /// <summary>What the batch has decided so far, in order.</summary>
    public List<Effect> Effects { get; set; } = [];

    public TelemetryBlockWriter Telemetry { get; } = new();

    /// <summary>Severities of the alarms that the batch raised; for the metrics.</summary>
    public List<Severity> RaisedAlarms { get; set; } = [];

    /// <summary>Values of telemetry that were null, and so no readings; for the metrics.</summary>
    public int NullReadings { get; set; }

    /// <summary>Offers that the batch has sent, by campaign: storage does not know of them yet.</summary>
    public Dictionary<string, long> OffersSent { get; } = new(StringComparer.Ordinal);

    internal TelemetryBatch TelemetryBatch { get; } = new();

    internal SightingBatch SightingBatch { get; } = new();

    internal List<RuleTransition> Transitions { get; } = [];

    public string NewId(string? after = null) => newId(after);

    internal long NextArrival() => ArrivalNumber.Of(nextArrival());

    internal long NextCaseNumber() => nextCaseNumber();

    internal string NewOfferCode() => newOfferCode();

    public void Emit(Effect effect) => Effects.Add(effect);

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
        at = newest is { } known ? Instant.Max(Now, known) : Now;
        return sentAt > Now + Settings.FarFuture
            ? new Refusal(
                DeadLetterReason.Future,
                $"ts {sentAt} is more than {Settings.FarFuture.TotalHours:0} h ahead of the arrival at {Now}"
            )
            : null;
    }

    /// <summary>Whether something that happened then is too old to bother a customer with.</summary>
    internal bool IsStale(Instant at) => at < Now - Settings.Offers.StaleAfter;
}
