using System.Collections.Frozen;

namespace OmniIoT.Domain.Text;

/// <summary>What the platform says by itself, in English; between braces the names of the values.</summary>
public static class SentenceKinds
{
    public const string AlarmRaised = "alarm.raised";
    public const string AlarmOver = "alarm.over";
    public const string AlarmBeyond = "alarm.beyond";
    public const string AlarmBeyondUnit = "alarm.beyondUnit";
    public const string AlarmSeverity = "alarm.severity";
    public const string AlarmClearedBy = "alarm.clearedBy";
    public const string AlarmCured = "alarm.cured";
    public const string RemedyVain = "remedy.vain";
    public const string RemedyFailed = "remedy.failed";
    public const string RemedyFailedWith = "remedy.failedWith";
    public const string CaseOpened = "case.opened";
    public const string CaseUpdated = "case.updated";
    public const string CaseReopened = "case.reopened";
    public const string CaseRelapsed = "case.relapsed";
    public const string CaseRelapsedAfterSilence = "case.relapsedAfterSilence";
    public const string CaseJoined = "case.joined";
    public const string CaseSeverity = "case.severity";
    public const string CaseVerifying = "case.verifying";
    public const string CaseResolved = "case.resolved";
    public const string CaseVerified = "case.verified";
    public const string CaseUnprovenRemoved = "case.unprovenRemoved";
    public const string CaseUnprovenOwner = "case.unprovenOwner";
    public const string CaseOwned = "case.owned";
    public const string CaseUnnamed = "case.unnamed";
    public const string SlaFirstResponseWarning = "sla.firstResponseWarning";
    public const string SlaNextResponseWarning = "sla.nextResponseWarning";
    public const string SlaResolutionWarning = "sla.resolutionWarning";
    public const string SlaFirstResponseBreached = "sla.firstResponseBreached";
    public const string SlaNextResponseBreached = "sla.nextResponseBreached";
    public const string SlaResolutionBreached = "sla.resolutionBreached";
    public const string ChangedStatus = "changed.status";
    public const string ChangedPriority = "changed.priority";
    public const string ChangedQueue = "changed.queue";
    public const string ChangedAssignee = "changed.assignee";
    public const string ChangedTitle = "changed.title";
    public const string CommandSent = "command.sent";
    public const string CommandCompleted = "command.completed";
    public const string CommandUnanswered = "command.unanswered";
    public const string CommandOwnerErased = "command.ownerErased";
    public const string CommandOwnerChanged = "command.ownerChanged";
    public const string DeviceLinked = "device.linked";
    public const string DeviceUnlinked = "device.unlinked";
    public const string VisitEntered = "visit.entered";
    public const string VisitDwelled = "visit.dwelled";
    public const string VisitExited = "visit.exited";
    public const string OfferDelivered = "offer.delivered";
    public const string OfferOpened = "offer.opened";
    public const string OfferRedeemed = "offer.redeemed";
    public const string OfferExpired = "offer.expired";
    public const string MessageReceived = "message.received";
    public const string MessageAnswered = "message.answered";
    public const string Notice = "notice";
    public const string Note = "note";
    public const string ConsentChanged = "consent.changed";
    public const string ConsentNone = "consent.none";
    public const string ConsentGiven = "consent.given";
    public const string IdentityMerged = "identity.merged";
    public const string IdentityUnmerged = "identity.unmerged";

    /// <summary>Every kind with its words.</summary>
    public static FrozenDictionary<string, string> English { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [AlarmRaised] = "{device} raised {type}",
            [AlarmOver] = "{device}: {type} is over",
            [AlarmBeyond] = "{metric} is {value}, {operator} {bound}",
            [AlarmBeyondUnit] = "{metric} is {value} {unit}, {operator} {bound}",
            [AlarmSeverity] = "{severity}",
            [AlarmClearedBy] = "Cleared by {actor}",
            [AlarmCured] = "Cured by the command {command}",
            [RemedyVain] = "the command {command} did not cure it",
            [RemedyFailed] = "the command {command} failed",
            [RemedyFailedWith] = "the command {command} failed: {error}",
            [CaseOpened] = "Case {number} opened: {title}",
            [CaseUpdated] = "Case {number} updated",
            [CaseReopened] = "Case {number} reopened",
            [CaseRelapsed] = "Case {number} reopened: {type} is back",
            [CaseRelapsedAfterSilence] = "Case {number} reopened: {type} is back after silence",
            [CaseJoined] = "Case {number}: {type} joined",
            [CaseSeverity] = "Case {number}: {type} is {severity} now",
            [CaseVerifying] = "Case {number}: the repair is being verified",
            [CaseResolved] = "Case {number} resolved",
            [CaseVerified] = "Case {number} resolved: its telemetry stayed healthy",
            [CaseUnprovenRemoved] = "Case {number} resolved without proof: the device was removed",
            [CaseUnprovenOwner] = "Case {number} resolved without proof: the device has another owner",
            [CaseOwned] = "Case {number}: {device} has an owner",
            [CaseUnnamed] = "Case {number}",
            [SlaFirstResponseWarning] = "The first answer is nearly due",
            [SlaNextResponseWarning] = "The next answer is nearly due",
            [SlaResolutionWarning] = "The solution is nearly due",
            [SlaFirstResponseBreached] = "The first answer is overdue",
            [SlaNextResponseBreached] = "The next answer is overdue",
            [SlaResolutionBreached] = "The solution is overdue",
            [ChangedStatus] = "status: {before} → {after}",
            [ChangedPriority] = "priority: {before} → {after}",
            [ChangedQueue] = "queue: {before} → {after}",
            [ChangedAssignee] = "assignee: {before} → {after}",
            [ChangedTitle] = "title: {title}",
            [CommandSent] = "{command} sent to {device}",
            [CommandCompleted] = "{command} {status}",
            [CommandUnanswered] = "The device did not answer in time.",
            [CommandOwnerErased] = "The owner was erased.",
            [CommandOwnerChanged] = "The device has another owner.",
            [DeviceLinked] = "{device} is theirs",
            [DeviceUnlinked] = "{device} is no longer theirs",
            [VisitEntered] = "Came to {place}",
            [VisitDwelled] = "Has been at {place} for {minutes} min",
            [VisitExited] = "Left {place} after {minutes} min",
            [OfferDelivered] = "Offer arrived",
            [OfferOpened] = "Offer looked at",
            [OfferRedeemed] = "Offer redeemed",
            [OfferExpired] = "Offer expired",
            [MessageReceived] = "Wrote",
            [MessageAnswered] = "Answered",
            [Notice] = "Notice",
            [Note] = "Note",
            [ConsentChanged] = "Consent changed",
            [ConsentNone] = "Nothing is allowed",
            [ConsentGiven] = "Allowed: {purposes}",
            [IdentityMerged] = "{customer} is the same person",
            [IdentityUnmerged] = "{customer} is another person",
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
