using OmniIoT.Devices;
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
        (CaseStatus.Resolved, CaseStatus.Open),
        (CaseStatus.Closed, CaseStatus.Open),
        (CaseStatus.Resolved, CaseStatus.Closed),
    ];

    public static bool MayBecome(this Case @case, CaseStatus status) =>
        @case.Status == status || Allowed.Contains((@case.Status, status));

    /// <summary>Whether the move takes up again what was thought done.</summary>
    public static bool IsReopening(CaseStatus from, CaseStatus to) =>
        to is CaseStatus.Open
        && from is (CaseStatus.Verifying or CaseStatus.Resolved or CaseStatus.Closed);

    public static Reply<Case> Change(this Case @case, ChangeCase change, Instant now)
    {
        if (change.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        if (change.Status is { } status && !@case.MayBecome(status))
            return IllegalMove(@case.Status, status);
        Case changed =
            change.Status is { } to && IsReopening(@case.Status, to) ? @case.Reopen(now) : @case;
        return changed with
        {
            Status = change.Status ?? changed.Status,
            Priority = change.Priority ?? changed.Priority,
            Sla = change.Priority is { } priority
                ? CaseSlaTargets.For(priority, changed.FirstSymptomAt, changed.Sla.FirstRespondedAt)
                : changed.Sla,
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

    /// <summary>Resolves a case as of <paramref name="at"/> (device time); with <paramref name="verify"/> it must prove itself first.</summary>
    public static Reply<Case> Resolve(
        this Case @case,
        ResolveCase request,
        bool verify,
        Instant at,
        Instant now
    )
    {
        if (request.ExpectedVersion is { } expected && expected != @case.Version)
            return Rejection.Stale("Case", expected, @case.Version);
        if (@case.Status is CaseStatus.Resolved or CaseStatus.Closed)
            return Rejection.Conflict(
                "CaseAlreadyResolved",
                $"Case {@case.Number} is {Word(@case.Status)} already."
            );
        if (@case.Status is CaseStatus.Verifying && verify)
            return Rejection.Conflict(
                "CaseAlreadyVerifying",
                $"Case {@case.Number} is being verified already."
            );
        return @case with
        {
            Status = verify ? CaseStatus.Verifying : CaseStatus.Resolved,
            ResolvedAt = verify ? null : at,
            Resolution = request.Resolution ?? @case.Resolution,
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

    /// <summary>A further alarm of the device belongs to the same trouble.</summary>
    public static Case Join(this Case @case, string alarmId, Instant now) =>
        @case.AlarmIds.Contains(alarmId)
            ? @case
            : @case with
            {
                AlarmIds = [.. @case.AlarmIds, alarmId],
                UpdatedAt = now,
                Version = @case.Version + 1,
            };

    /// <summary>Somebody of the company did something about it for the first time.</summary>
    public static Case Respond(this Case @case, Instant now) =>
        @case.Sla.FirstRespondedAt is null
            ? @case with
            {
                Sla = @case.Sla with { FirstRespondedAt = now },
            }
            : @case;

    private static Rejection IllegalMove(CaseStatus from, CaseStatus to) =>
        to is CaseStatus.Resolved or CaseStatus.Verifying
            ? Rejection.Conflict(
                "ResolveCaseInstead",
                $"A case becomes {Word(to)} by resolving it, not by setting its status."
            )
            : Rejection.Conflict(
                "CaseStatusNotReachable",
                $"A case that is {Word(from)} cannot become {Word(to)}."
            );

    private static string Word(CaseStatus status) => status.ToString().ToLowerInvariant();
}

/// <summary>How soon, by priority, counted from the first symptom: the customer's clock runs since then, not since we noticed.</summary>
public static class CaseSlaTargets
{
    public static CaseSla For(
        CasePriority priority,
        Instant firstSymptomAt,
        Instant? firstRespondedAt = null
    )
    {
        (double response, double resolution) hours = priority switch
        {
            CasePriority.Urgent => (0.25, 4),
            CasePriority.High => (1, 24),
            CasePriority.Normal => (4, 72),
            _ => (24, 168),
        };
        return new CaseSla(
            firstSymptomAt + TimeSpan.FromHours(hours.response),
            firstSymptomAt + TimeSpan.FromHours(hours.resolution),
            firstRespondedAt
        );
    }
}
