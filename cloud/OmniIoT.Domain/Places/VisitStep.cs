using System.Collections.Immutable;

namespace OmniIoT.Domain.Places;

/// <summary>What came of one input to the <see cref="VisitTracker"/>.</summary>
/// <param name="State">The state after it; the same object when nothing changed.</param>
/// <param name="Events">What happened, in order of device time.</param>
/// <param name="Ignored">Why the input had no effect; null when it had.</param>
public readonly record struct VisitStep(VisitState State, ImmutableArray<VisitEvent> Events, IgnoredInput? Ignored = null);

/// <summary>Why a fix or a sighting had no effect.</summary>
public enum IgnoredInput
{
    /// <summary>Older than the newest one, and telling no visit that is not known.</summary>
    Late,

    /// <summary>The same as the newest one.</summary>
    Duplicate,

    /// <summary>Too far from the newest one for the time between; kept until another fix confirms or refutes it.</summary>
    TooFast,

    /// <summary>Not a place on the earth, or an accuracy that is negative or not finite.</summary>
    Invalid,
}
