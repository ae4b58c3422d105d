using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Calendars;

namespace OmniIoT.Domain.Desk.Sla;

/// <summary>What a clock may become. Pure.</summary>
public static class SlaClockMoves
{
    /// <summary>Of a promised time, after which a warning is given.</summary>
    private const double WarnedAfter = 0.8;

    private static readonly SlaTarget[] All = Enum.GetValues<SlaTarget>();

    /// <summary>A clock that runs from a moment on; the next response begins with the customer's words.</summary>
    public static SlaClock Start(this SlaTerms terms, Instant since) =>
        (SlaClock.None with { Policy = terms.Policy })
            .Promise(SlaTarget.FirstResponse, terms, terms.Times.FirstResponse, since)
            .Promise(SlaTarget.Resolution, terms, terms.Times.Resolution, since);

    /// <summary>By other terms, with what happened so far. What they leave time for is no breach any more.</summary>
    /// <param name="since">From when on it counts.</param>
    public static SlaClock Renew(this SlaClock clock, SlaTerms terms, Instant since, Instant now)
    {
        SlaClock anew = terms.Start(since).Delay(terms.Calendar, TimeSpan.FromMilliseconds(clock.PausedMilliseconds));
        anew = anew with
        {
            FirstRespondedAt = clock.FirstRespondedAt,
            PausedAt = clock.PausedAt,
            StoppedAt = clock.StoppedAt,
            NextResponseDueAt = clock.NextResponseDueAt,
            Alerts = anew.Alerts! with { NextResponse = clock.OwnAlerts.NextResponse },
        };
        if (clock.FirstRespondedAt is not null)
            anew = anew with { Alerts = anew.OwnAlerts with { FirstResponse = null } };
        // What is due as before was told as before.
        foreach (SlaTarget target in All)
        {
            if (anew.DueAt(target) == clock.DueAt(target))
                anew = anew with { Alerts = anew.OwnAlerts.With(target, clock.OwnAlerts[target]) };
        }
        return anew with { Breached = [.. clock.Breached.Where(target => anew.OwnAlerts[target] is null || anew.DueAt(target) <= now)] };
    }

    /// <summary>What is due by other terms, where that is earlier.</summary>
    public static SlaClock Tighten(this SlaClock clock, SlaClock other)
    {
        foreach (SlaTarget target in (SlaTarget[])[SlaTarget.FirstResponse, SlaTarget.Resolution])
        {
            if (other.DueAt(target) is not { } due || clock.DueAt(target) <= due)
                continue;
            bool isOver = target is SlaTarget.FirstResponse && clock.FirstRespondedAt is not null;
            clock = clock.With(target, due, isOver ? null : other.OwnAlerts[target]);
        }
        return clock;
    }

    /// <summary>The clock as it stands in a state.</summary>
    /// <param name="state">Null: one in which no clock stands still.</param>
    /// <param name="isOver">Whether it is resolved or closed.</param>
    public static SlaClock In(this SlaClock clock, SlaPause? state, bool isOver, SlaTerms terms, Instant now)
    {
        if (isOver)
            return clock.StoppedAt is null ? clock.Run(terms, now) with { StoppedAt = now } : clock;
        if (terms.PausesIn(state))
            return clock.PausedAt is null ? clock.Run(terms, now) with { PausedAt = now } : clock;
        return clock.Run(terms, now);
    }

    /// <summary>A person of the company answered the customer.</summary>
    public static SlaClock Answer(this SlaClock clock, Instant at) =>
        clock.FirstRespondedAt is not null && clock.NextResponseDueAt is null
            ? clock
            : clock with
            {
                FirstRespondedAt = clock.FirstRespondedAt ?? at,
                NextResponseDueAt = null,
                Alerts = clock.OwnAlerts with { FirstResponse = null, NextResponse = null },
            };

    /// <summary>The customer said something: once there was a first answer, it must be answered as well.</summary>
    public static SlaClock Ask(this SlaClock clock, SlaTerms terms, Instant at) =>
        clock.FirstRespondedAt is null || clock.NextResponseDueAt is not null
            ? clock
            : clock.Promise(SlaTarget.NextResponse, terms, terms.Times.NextResponse, at);

    /// <summary>
    /// What is to be told by now, and the clock after it was; a breach is told without the warning that would have come first.
    /// </summary>
    public static (SlaClock Clock, IReadOnlyList<SlaAlert> Alerts) Check(this SlaClock clock, Instant now)
    {
        if (!(clock.NextAlertAt <= now))
            return (clock, []);
        List<SlaAlert> alerts = [];
        foreach (SlaTarget target in All)
        {
            if (clock.OwnAlerts[target] is not { } at || at > now || clock.DueAt(target) is not { } due)
                continue;
            bool isBreach = due <= now;
            alerts.Add(new SlaAlert(target, isBreach, isBreach ? due : at, due));
            clock = clock with
            {
                Alerts = clock.OwnAlerts.With(target, isBreach ? null : due),
                Breached = isBreach ? [.. clock.Breached.Append(target).Distinct()] : clock.Breached,
            };
        }
        return (clock, alerts);
    }

    private static SlaClock Promise(this SlaClock clock, SlaTarget target, SlaTerms terms, WorkingSpan? span, Instant since)
    {
        if (span is not { } promised)
            return clock;
        Instant due = terms.Calendar.Add(since, promised);
        Instant warning = terms.Calendar.Add(since, terms.Calendar.Between(since, due) * WarnedAfter);
        return clock.With(target, due, warning);
    }

    private static SlaClock Run(this SlaClock clock, SlaTerms terms, Instant now) =>
        (clock.PausedAt ?? clock.StoppedAt) is { } since
            ? clock.Delay(terms.Calendar, terms.Calendar.Between(since, now)) with
            {
                PausedAt = null,
                StoppedAt = null,
            }
            : clock;

    private static SlaClock Delay(this SlaClock clock, WorkingCalendar calendar, TimeSpan by)
    {
        if (by <= TimeSpan.Zero)
            return clock;
        Instant? Later(Instant? at) => at is { } known ? calendar.Add(known, by) : null;
        SlaAlerts alerts = clock.OwnAlerts;
        return clock with
        {
            // What was answered in time stays due as it was.
            FirstResponseDueAt = clock.FirstRespondedAt is null ? Later(clock.FirstResponseDueAt) : clock.FirstResponseDueAt,
            NextResponseDueAt = Later(clock.NextResponseDueAt),
            ResolutionDueAt = Later(clock.ResolutionDueAt),
            Alerts = new SlaAlerts(Later(alerts.FirstResponse), Later(alerts.NextResponse), Later(alerts.Resolution)),
            PausedMilliseconds = clock.PausedMilliseconds + (long)by.TotalMilliseconds,
        };
    }
}
