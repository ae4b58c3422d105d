using System.Collections.Immutable;
using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>
/// What a phone buffered and sends after younger fixes. It makes visits of its own, beside those of now, as if each had come in time; they
/// are over when they become known. A fix that belongs to a visit that is known tells nothing.
/// </summary>
internal sealed class LateFixes(VisitSettings settings)
{
    /// <summary>Takes a fix older than the newest.</summary>
    public VisitStep Take(VisitState state, LocationFix fix, FenceIndex fences, DwellThresholds dwells, List<Fence> covering)
    {
        if (fix.Repeats(state.Backlog?.LastFix))
            return new VisitStep(state, [], IgnoredInput.Duplicate);
        if (IsTooFast(fix, state.LastFix!) || (state.Backlog?.LastFix is { } before && IsTooFast(before, fix)))
            return new VisitStep(state, [], IgnoredInput.TooFast);
        // Older ones again are another buffer's.
        VisitStep ended = fix.At < state.Backlog?.LastFix?.At ? End(state) : new VisitStep(state, []);
        VisitTurn turn = new((ended.State.Backlog ?? VisitState.Empty) with { Ended = ended.State.Ended }, settings, dwells);
        turn.Take(fix, fences, covering, fenceId => IsKnown(ended.State, fenceId, fix.At));
        VisitStep step = Merge(ended.State, turn.Finish(), fix);
        bool tellsNothing = step.Events.IsEmpty && step.State.Backlog is null && ended.State.Backlog is null;
        return tellsNothing ? ended with { Ignored = IgnoredInput.Late } : step with { Events = ended.Events.AddRange(step.Events) };
    }

    /// <summary>Ends what nothing more has come of for as long as an exit takes.</summary>
    public VisitStep AdvanceTo(VisitState state, Instant now) => NextDue(state) <= now ? End(state) : new VisitStep(state, []);

    /// <summary>Ends it where it was last known.</summary>
    public VisitStep End(VisitState state)
    {
        if (state.Backlog is not { LastFix: { } last } backlog)
            return new VisitStep(state, []);
        VisitTurn turn = new(backlog with { Ended = state.Ended }, settings, DwellThresholds.None);
        turn.EndAll();
        return Merge(state, turn.Finish(), last);
    }

    /// <summary>In our time; null while there is none.</summary>
    public Instant? NextDue(VisitState state) => state.Backlog?.LastFix?.ReceivedAt + settings.ExitAfter;

    private static VisitStep Merge(VisitState state, VisitStep step, LocationFix fix)
    {
        VisitState? backlog = step.State.Visits.IsEmpty ? null : step.State with { Ended = [] };
        ImmutableArray<VisitEvent> events = [.. step.Events.Select(happened => happened with { LateFix = fix })];
        return new VisitStep(state with { Ended = step.State.Ended, Backlog = backlog }, events);
    }

    /// <summary>Whether the time lies in a visit, or so near to one that a fix in time would have made no other.</summary>
    private bool IsKnown(VisitState state, string fenceId, Instant at) =>
        state.Visits.Any(visit => visit.FenceId == fenceId && visit.EnteredAt - settings.ExitAfter <= at)
        || state.Ended.Any(visit =>
            visit.FenceId == fenceId && visit.EnteredAt - settings.ExitAfter <= at && at <= visit.ExitedAt + settings.ExitAfter
        );

    private bool IsTooFast(LocationFix from, LocationFix to) => FixPlausibility.IsTooFast(from, to, settings.MaxSpeedMetersPerSecond);
}
