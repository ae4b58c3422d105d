using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Decisions;

/// <summary>What a turn is lent to decide with: the decision under way, and scratch to read and judge messages with.</summary>
public sealed class DecisionScope(DecisionBasis basis)
{
    public Decision Decision { get; } = new(basis);

    public ref readonly Moment Moment => ref Decision.Moment;

    internal DecisionScratch Scratch { get; } = new();

    /// <summary>A turn begins.</summary>
    /// <param name="effects">Gets what is decided.</param>
    /// <param name="raisedAlarms">Gets the severities of alarms that are raised.</param>
    public void Begin(List<Effect> effects, List<Severity> raisedAlarms, Catalog catalog) => Decision.Begin(effects, raisedAlarms, catalog);

    /// <summary>What is decided next came or falls due at this time.</summary>
    public void MoveTo(Instant now) => Decision.MoveTo(now);

    /// <summary>What is decided next sees this catalog.</summary>
    public void LookInto(Catalog catalog) => Decision.LookInto(catalog);
}
