using OmniIoT.Devices;
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

    /// <summary>A time of a message further ahead of its arrival than this is a clock gone wrong: judged at arrival. 5 min by contract.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A time of a message further ahead than this cannot be meant: dead letter. 24 h by contract.</summary>
    public TimeSpan FarFuture { get; init; } = TimeSpan.FromHours(24);
}

/// <summary>
/// What a decision has at hand: the catalog, the sources of time and ids, where effects go, and scratch that is reused from
/// message to message. Lent to one turn at a time.
/// </summary>
/// <param name="nextArrival">Counts the readings that came without a time and a number, over all scopes of the process.</param>
/// <param name="incarnation">Names this run of the process: connections of another run are gone.</param>
public sealed class DecisionScope(
    DecisionSettings settings,
    Func<string> newId,
    Func<long> nextCaseNumber,
    Func<string> newOfferCode,
    Func<long> nextArrival,
    string incarnation
)
{
    public DecisionSettings Settings { get; } = settings;

    public string Incarnation { get; } = incarnation;

    /// <summary>The catalog of this batch.</summary>
    public Catalog Catalog { get; set; } = Catalog.Empty;

    /// <summary>When the message was received, or now for requests and timers.</summary>
    public Instant Now { get; set; }

    /// <summary>What the batch has decided so far, in order.</summary>
    public List<Effect> Effects { get; set; } = [];

    public TelemetryBlockWriter Telemetry { get; } = new();

    /// <summary>Severities of the alarms that the batch raised; for the metrics.</summary>
    public List<Severity> RaisedAlarms { get; set; } = [];

    /// <summary>Offers that the batch has sent, by campaign: storage does not know of them yet.</summary>
    public Dictionary<string, long> OffersSent { get; } = new(StringComparer.Ordinal);

    internal TelemetryBatch TelemetryBatch { get; } = new();

    internal SightingBatch SightingBatch { get; } = new();

    internal List<RuleTransition> Transitions { get; } = [];

    public string NewId() => newId();

    internal long NextArrival() => ArrivalNumber.Of(nextArrival());

    internal long NextCaseNumber() => nextCaseNumber();

    internal string NewOfferCode() => newOfferCode();

    public void Emit(Effect effect) => Effects.Add(effect);

    /// <summary>
    /// The time at which a message is judged: its own, or its arrival when its clock is ahead; a refusal when it is absurd.
    /// </summary>
    internal Refusal? Judge(Instant? sentAt, out Instant at)
    {
        at = sentAt ?? Now;
        if (at > Now + Settings.FarFuture)
            return new Refusal(
                DeadLetterReason.Future,
                $"ts {at} is more than {Settings.FarFuture.TotalHours:0} h ahead of the arrival at {Now}"
            );
        if (at > Now + Settings.ClockTolerance)
            at = Now;
        return null;
    }

    /// <summary>Whether something that happened then is too old to bother a customer with.</summary>
    internal bool IsStale(Instant at) => at < Now - Settings.Offers.StaleAfter;
}
