using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;

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

    public static Reply<Case> Change(this Case @case, ChangeCase change, Instant now)
    {
        if (change.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        if (change.Status is { } status && !@case.MayBecome(status))
            return IllegalMove(@case.Status, status);
        Case changed = change.Status is { } to && IsReopening(@case.Status, to) ? @case.Reopen(now) : @case;
        return changed with
        {
            Status = change.Status ?? changed.Status,
            ResolvedAt = change.Status is CaseStatus.Closed ? changed.ResolvedAt ?? now : changed.ResolvedAt,
            Priority = change.Priority ?? changed.Priority,
            Sla = (
                change.Priority is { } priority ? changed.Sla.Renew(CaseSlaTargets.For(priority, changed.FirstSymptomAt)) : changed.Sla
            ).In(change.Status ?? changed.Status, now),
            Queue = change.Queue ?? changed.Queue,
            Assignee =
                change.Assignee is null ? changed.Assignee
                : change.Assignee.Length == 0 ? null
                : change.Assignee,
            Title = change.Title ?? changed.Title,
            UpdatedAt = now,
            Version = @case.Version + 1,
        };
    }

    /// <summary>
    /// Resolves a case as of <paramref name="at"/> (device time); with <paramref name="verify"/> it must prove itself first.
    /// </summary>
    public static Reply<Case> Resolve(this Case @case, ResolveCase request, bool verify, Instant at, Instant now)
    {
        if (request.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        if (@case.Status is CaseStatus.Resolved or CaseStatus.Closed)
            return Rejection.Conflict("CaseAlreadyResolved", $"Case {@case.Number} is {Word(@case.Status)} already.");
        if (@case.Status is CaseStatus.Verifying && verify)
            return Rejection.Conflict("CaseAlreadyVerifying", $"Case {@case.Number} is being verified already.");
        return @case with
        {
            Status = verify ? CaseStatus.Verifying : CaseStatus.Resolved,
            ResolvedAt = verify ? null : at,
            Resolution = request.Resolution ?? @case.Resolution,
            Sla = @case.Sla.In(verify ? CaseStatus.Verifying : CaseStatus.Resolved, now),
            UpdatedAt = now,
            Version = @case.Version + 1,
        };
    }

    /// <summary>The telemetry stayed healthy: verified.</summary>
    public static Case Verified(this Case @case, Instant at, Instant now) =>
        @case with
        {
            Status = CaseStatus.Resolved,
            ResolvedAt = at,
            UpdatedAt = now,
            Version = @case.Version + 1,
        };

    /// <summary>It was not solved after all.</summary>
    public static Case Reopen(this Case @case, Instant now) =>
        @case with
        {
            Status = CaseStatus.Open,
            ResolvedAt = null,
            ReopenedCount = @case.ReopenedCount + 1,
            UpdatedAt = now,
            Version = @case.Version + 1,
        };

    /// <summary>An alarm of the device belongs to the same trouble, which is as pressing as the most pressing of its alarms.</summary>
    public static Case Join(this Case @case, string alarmId, CasePriority priority, Instant firstSymptomAt, Instant now)
    {
        bool isRaised = priority > @case.Priority;
        if (!isRaised && @case.AlarmIds.Contains(alarmId))
            return @case;
        return @case with
        {
            AlarmIds = [.. @case.AlarmIds.Append(alarmId).Distinct()],
            Priority = isRaised ? priority : @case.Priority,
            Sla = isRaised ? @case.Sla.Tighten(CaseSlaTargets.For(priority, firstSymptomAt)) : @case.Sla,
            UpdatedAt = now,
            Version = @case.Version + 1,
        };
    }

    /// <summary>A person answered the customer at <paramref name="at"/>; only the first answer changes anything.</summary>
    public static Case Answer(this Case @case, Instant at, Instant now) =>
        @case.Sla.FirstRespondedAt is not null
            ? @case
            : @case with
            {
                Sla = @case.Sla with { FirstRespondedAt = at },
                UpdatedAt = now,
                Version = @case.Version + 1,
            };

    private static Rejection IllegalMove(CaseStatus from, CaseStatus to) =>
        to is CaseStatus.Resolved or CaseStatus.Verifying
            ? Rejection.Conflict("ResolveCaseInstead", $"A case becomes {Word(to)} by resolving it, not by setting its status.")
            : Rejection.Conflict("CaseStatusNotReachable", $"A case that is {Word(from)} cannot become {Word(to)}.");

    private static string Word(CaseStatus status) => status.ToString().ToLowerInvariant();
}

/// <summary>How soon, by priority, counted from the first symptom: the customer's clock runs since then, not since we noticed.</summary>
public static class CaseSlaTargets
{
    public static CaseSla For(CasePriority priority, Instant firstSymptomAt)
    {
        (double response, double resolution) hours = priority switch
        {
            CasePriority.Urgent => (0.25, 4),
            CasePriority.High => (1, 24),
            CasePriority.Normal => (4, 72),
            _ => (24, 168),
        };
        return new CaseSla(firstSymptomAt + TimeSpan.FromHours(hours.response), firstSymptomAt + TimeSpan.FromHours(hours.resolution));
    }
}
