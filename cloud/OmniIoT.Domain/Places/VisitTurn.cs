using OmniIoT.Devices.Time;

namespace OmniIoT.Domain.Places;

/// <summary>One step of the visits to fences while it is worked out.</summary>
internal sealed class VisitTurn(VisitState state, VisitSettings settings, DwellThresholds dwells)
{
    private readonly List<OpenVisit> _visits = [.. state.Visits];
    private readonly BorderMemory _left = new(state.Left, settings);
    private readonly List<VisitEvent> _events = [];
    private LocationFix? _last = state.LastFix;
    private LocationFix? _suspect = state.Suspect;

    /// <summary>Device time of the next thing that happens to a visit if no fix comes.</summary>
    public static Instant NextDue(OpenVisit visit, LocationFix last, VisitSettings settings, DwellThresholds dwells)
    {
        Instant silent = last.At + settings.SilentAfter;
        Instant next = visit.OutsideSince is { } outside ? outside + settings.ExitAfter : NextDwell(visit, dwells) ?? silent;
        return next < silent ? next : silent;
    }

    /// <summary>Believes a fix: first what was due before it, then where it lies.</summary>
    /// <param name="isKnown">Whether there is a visit to a fence at that time already; null: only those of this turn.</param>
    public void Take(LocationFix fix, FenceIndex fences, List<Fence> covering, Func<string, bool>? isKnown = null)
    {
        Advance(fix.At);
        if (fix.At - _last?.At >= settings.SilentAfter)
            _left.Clear();
        _last = fix;
        _suspect = null;
        covering.Clear();
        fences.Match(fix.Position, covering);
        for (int i = _visits.Count - 1; i >= 0; i--)
            Update(i, fix, fences, covering);
        _left.Take(fix, fences, covering);

        foreach (Fence fence in covering)
        {
            bool isNew = !_visits.Exists(visit => visit.FenceId == fence.Id) && !_left.Holds(fence.Id) && isKnown?.Invoke(fence.Id) != true;
            if (isNew && FixPlausibility.IsCertainlyInside(fix, fence, fences, settings))
                Enter(fence, fix.At);
        }

        // What is kept between fixes must not hold an index that others have left.
        covering.Clear();
    }

    /// <summary>Lets our time pass; the device's clock is taken to run beside it since the last fix.</summary>
    public void AdvanceTo(Instant now)
    {
        if (_last is { } last && now > last.ReceivedAt)
            Advance(last.At + (now - last.ReceivedAt));
    }

    public void EndAll()
    {
        for (int i = _visits.Count - 1; i >= 0; i--)
            Exit(i);
    }

    public VisitStep Finish()
    {
        if (ReferenceEquals(_last, state.LastFix) && _events.Count == 0)
            return new VisitStep(state, []);
        IEnumerable<EndedVisit> ended = _events
            .OfType<VisitExited>()
            .Select(exit => new EndedVisit(exit.FenceId!, exit.EnteredAt, exit.ExitedAt));
        VisitState next = state with
        {
            Visits = [.. _visits],
            Left = _left.All,
            LastFix = _last,
            Suspect = _suspect,
            Ended = [.. state.Ended.Concat(ended).TakeLast(VisitState.MostEnded)],
        };
        return new VisitStep(next, [.. _events.OrderBy(visit => visit.At)]);
    }

    private static Instant? NextDwell(OpenVisit visit, DwellThresholds dwells)
    {
        foreach (TimeSpan threshold in dwells.Of(visit.FenceId))
        {
            if (threshold > (visit.DwelledFor ?? TimeSpan.Zero))
                return visit.EnteredAt + threshold;
        }

        return null;
    }

    private void Advance(Instant deviceNow)
    {
        if (_last is not { } last)
            return;
        for (int i = _visits.Count - 1; i >= 0; i--)
        {
            while (i < _visits.Count && NextDue(_visits[i], last, settings, dwells) is { } due && due <= deviceNow)
                Happen(i, due);
        }
    }

    // Exactly one of the things that NextDue chose between.
    private void Happen(int i, Instant due)
    {
        OpenVisit visit = _visits[i];
        if (visit.OutsideSince is null && NextDwell(visit, dwells) == due)
        {
            TimeSpan dwell = due - visit.EnteredAt;
            _visits[i] = visit with { DwelledFor = dwell };
            _events.Add(new VisitDwelled(IdOf(visit), visit.SiteId, visit.FenceId, null, visit.EnteredAt, dwell));
            return;
        }

        Exit(i);
    }

    private void Update(int i, LocationFix fix, FenceIndex fences, List<Fence> covering)
    {
        OpenVisit visit = _visits[i];
        if (!fences.TryGet(visit.FenceId, out _))
        {
            Exit(i);
        }
        else if (!covering.Exists(fence => fence.Id == visit.FenceId) && FixPlausibility.IsWhollyOutside(fix, visit.FenceId, fences))
        {
            if (visit.OutsideSince is null)
                _left.Add(visit.FenceId, fix.At);
            _visits[i] = visit with { OutsideSince = visit.OutsideSince ?? fix.At };
        }
        else
        {
            _left.Remove(visit.FenceId);
            _visits[i] = visit with { LastInsideAt = fix.At, OutsideSince = null };
        }
    }

    private void Enter(Fence fence, Instant at)
    {
        OpenVisit visit = new(fence.Id, fence.SiteId, at) { LastInsideAt = at };
        _visits.Add(visit);
        _events.Add(new VisitEntered(IdOf(visit), fence.SiteId, fence.Id, null, at));
    }

    // A visit ends at the first fix outside; when the phone fell silent, at the last inside, but not before a dwell time that was
    // already reported.
    private void Exit(int i)
    {
        OpenVisit visit = _visits[i];
        Instant lastKnown = visit.OutsideSince ?? visit.LastInsideAt;
        Instant dwelled = visit.EnteredAt + (visit.DwelledFor ?? TimeSpan.Zero);
        Instant exitedAt = lastKnown > dwelled ? lastKnown : dwelled;
        _visits.RemoveAt(i);
        _events.Add(new VisitExited(IdOf(visit), visit.SiteId, visit.FenceId, null, visit.EnteredAt, exitedAt));
    }

    private static string IdOf(OpenVisit visit) => VisitId.Of(visit.FenceId, visit.EnteredAt);
}
