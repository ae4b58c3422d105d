using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Telemetry;

namespace OmniIoT.Domain.Decisions;

/// <summary>
/// A decision under way: the moment that it is taken at, and what it has come to so far. Reused from turn to turn; lent to one at a time.
/// </summary>
public sealed class Decision
{
    private Moment _moment;

    internal Decision(DecisionBasis basis) => _moment = new Moment(basis, Catalog.Empty, default);

    public ref readonly Moment Moment => ref _moment;

    /// <summary>What was decided so far, in order.</summary>
    public List<Effect> Effects { get; private set; } = [];

    public TelemetryBlockWriter Telemetry { get; } = new();

    /// <summary>Severities of the alarms that were raised; for the metrics.</summary>
    public List<Severity> RaisedAlarms { get; private set; } = [];

    /// <summary>Values of telemetry that were null, and so no readings; for the metrics.</summary>
    public int NullReadings { get; internal set; }

    /// <summary>Offers that the batch has sent, by campaign: storage does not know of them yet.</summary>
    internal Dictionary<string, long> OffersSent { get; } = new(StringComparer.Ordinal);

    public void Emit(Effect effect) => Effects.Add(effect);

    /// <summary>Takes back what was decided since there were so many effects.</summary>
    internal void UndoTo(int count) => Effects.RemoveRange(count, Effects.Count - count);

    internal void Begin(List<Effect> effects, List<Severity> raisedAlarms, Catalog catalog)
    {
        (Effects, RaisedAlarms, NullReadings) = (effects, raisedAlarms, 0);
        _moment = _moment with { Catalog = catalog };
        Telemetry.Clear();
        OffersSent.Clear();
    }

    internal void LookInto(Catalog catalog) => _moment = _moment with { Catalog = catalog };

    internal void MoveTo(Instant now) => _moment = _moment with { Now = now };
}
