using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Cases;

/// <summary>
/// What a case may become. Pure: each move gives the changed case or a typed rejection; who writes it down is another's job.
/// </summary>
public static class CaseTransitions
{
    /// <summary>Moves that a person may make by setting the status; resolving has a door of its own.</summary>
    private static readonly (CaseStatus From, CaseStatus To)[] Allowed =
    [
        (CaseStatus.Open, CaseStatus.Pending),
        (CaseStatus.Pending, CaseStatus.Open),
        (CaseStatus.Verifying, CaseStatus.Open),
        (CaseStatus.Verifying, CaseStatus.Closed),
        (CaseStatus.Resolved, CaseStatus.Open),
        (CaseStatus.Closed, CaseStatus.Open),
        (CaseStatus.Resolved, CaseStatus.Closed),
    ];

    public static bool MayBecome(this Case @case, CaseStatus status) => @case.Status == status || Allowed.Contains((@case.Status, status));

    /// <summary>Whether the move takes up again what was thought done.</summary>
    public static bool IsReopening(CaseStatus from, CaseStatus to) =>
        to is CaseStatus.Open && from is (CaseStatus.Verifying or CaseStatus.Resolved or CaseStatus.Closed);

    public static Reply<Case> Change(this Case @case, ChangeCase change, DeskRules desk, Instant now)
    {
        if (change.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        if (change.Status is { } status && !@case.MayBecome(status))
            return IllegalMove(@case.Status, status);
        Case changed = change.Status is { } to && IsReopening(@case.Status, to) ? @case.Reopen(desk, now) : @case;
        changed = changed with
        {
            Status = change.Status ?? changed.Status,
            ResolvedAt = change.Status is CaseStatus.Closed ? changed.ResolvedAt ?? now : changed.ResolvedAt,
            Priority = change.Priority ?? changed.Priority,
            Queue = change.Queue ?? changed.Queue,
            Assignee =
                change.Assignee is null ? changed.Assignee
                : change.Assignee.Length == 0 ? null
                : change.Assignee,
            Title = change.Title ?? changed.Title,
            UpdatedAt = now,
            Version = @case.Version + 1,
        };
        changed = changed with { Routing = @case.RoutingAfter(changed, change, now) };
        if ((changed.Priority, changed.Queue) != (@case.Priority, @case.Queue))
            changed = changed with { Sla = changed.Sla.Renew(changed.Terms(desk), changed.FirstSymptomAt, now) };
        return changed.InStep(desk, now);
    }

    /// <summary>
    /// Resolves a case as of <paramref name="at"/> (the first of the two is device time); with <paramref name="verify"/> it must prove
    /// itself first.
    /// </summary>
    public static Reply<Case> Resolve(this Case @case, ResolveCase request, DeskRules desk, bool verify, (Instant Resolved, Instant Now) at)
    {
        if (request.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        if (@case.Status is CaseStatus.Resolved or CaseStatus.Closed)
            return Rejection.Conflict("CaseAlreadyResolved", $"Case {@case.Number} is {Word(@case.Status)} already.");
        if (@case.Status is CaseStatus.Verifying && verify)
            return Rejection.Conflict("CaseAlreadyVerifying", $"Case {@case.Number} is being verified already.");
        Case resolved = @case with
        {
            Status = verify ? CaseStatus.Verifying : CaseStatus.Resolved,
            ResolvedAt = verify ? null : at.Resolved,
            Resolution = request.Resolution ?? @case.Resolution,
            UpdatedAt = at.Now,
            Version = @case.Version + 1,
        };
        return resolved.InStep(desk, at.Now);
    }

    /// <summary>The telemetry stayed healthy: verified.</summary>
    public static Case Verified(this Case @case, DeskRules desk, Instant at, Instant now) =>
        (@case with { Status = CaseStatus.Resolved, ResolvedAt = at, UpdatedAt = now, Version = @case.Version + 1 }).InStep(desk, now);

    /// <summary>It was not solved after all.</summary>
    public static Case Reopen(this Case @case, DeskRules desk, Instant now) =>
        (
            @case with
            {
                Status = CaseStatus.Open,
                ResolvedAt = null,
                ReopenedCount = @case.ReopenedCount + 1,
                Routing = @case.Routing.Return(now),
                UpdatedAt = now,
                Version = @case.Version + 1,
            }
        ).InStep(desk, now);

    /// <summary>An alarm of the device belongs to the same trouble, which is as pressing as the most pressing of its alarms.</summary>
    public static Case Join(this Case @case, Alarm alarm, CasePriority priority, DeskRules desk, Instant now)
    {
        bool isRaised = priority > @case.Priority;
        if (!isRaised && @case.AlarmIds.Contains(alarm.Id))
            return @case;
        return @case with
        {
            AlarmIds = [.. @case.AlarmIds.Append(alarm.Id).Distinct()],
            Priority = isRaised ? priority : @case.Priority,
            Sla = isRaised ? @case.Sla.Tighten(desk.TermsOf(@case.Queue, priority).Start(alarm.FirstSymptomAt)) : @case.Sla,
            UpdatedAt = now,
            Version = @case.Version + 1,
        };
    }

    /// <summary>A person answered the customer at <paramref name="at"/>; what waits for no answer does not change.</summary>
    public static Case Answer(this Case @case, Instant at, Instant now)
    {
        (SlaClock sla, RoutingState routing) = (@case.Sla.Answer(at), @case.Routing.Take());
        return ReferenceEquals(routing, @case.Routing)
            ? @case.WithSla(sla, now)
            : @case with
            {
                Sla = sla,
                Routing = routing,
                UpdatedAt = now,
                Version = @case.Version + 1,
            };
    }

    /// <summary>Its customer said something.</summary>
    public static Case Ask(this Case @case, DeskRules desk, Instant at, Instant now) =>
        @case.WithSla(@case.Sla.Ask(@case.Terms(desk), at), now);

    /// <summary>What its customer is promised.</summary>
    public static SlaTerms Terms(this Case @case, DeskRules desk) => desk.TermsOf(@case.Queue, @case.Priority);

    internal static Case WithSla(this Case @case, SlaClock sla, Instant now) =>
        ReferenceEquals(sla, @case.Sla) ? @case : @case with { Sla = sla, UpdatedAt = now, Version = @case.Version + 1 };

    /// <summary>With a clock that runs, stands still or is over, as its status is.</summary>
    private static Case InStep(this Case @case, DeskRules desk, Instant now)
    {
        SlaPause? pause = @case.Status switch
        {
            CaseStatus.Pending => SlaPause.Pending,
            CaseStatus.Verifying => SlaPause.Verifying,
            _ => null,
        };
        return @case with { Sla = @case.Sla.In(pause, !@case.IsUnresolved, @case.Terms(desk), now) };
    }

    public static Rejection IllegalMove(CaseStatus from, CaseStatus to) =>
        to is CaseStatus.Resolved or CaseStatus.Verifying
            ? Rejection.Conflict("ResolveCaseInstead", $"A case becomes {Word(to)} by resolving it, not by setting its status.")
            : Rejection.Conflict("CaseStatusNotReachable", $"A case that is {Word(from)} cannot become {Word(to)}.");

    private static string Word(CaseStatus status) => status.ToString().ToLowerInvariant();
}
