namespace OmniIoT.Domain.Timeline;

/// <summary>The kinds of timeline entries; the text is public contract.</summary>
public static class TimelineKind
{
    public const string AlarmRaised = "alarm.raised";
    public const string AlarmCleared = "alarm.cleared";
    public const string CaseOpened = "case.opened";
    public const string CaseUpdated = "case.updated";
    public const string CaseVerifying = "case.verifying";
    public const string CaseResolved = "case.resolved";
    public const string CaseReopened = "case.reopened";
    public const string CommandSent = "command.sent";
    public const string CommandCompleted = "command.completed";
    public const string VisitEntered = "visit.entered";
    public const string VisitDwelled = "visit.dwelled";
    public const string VisitExited = "visit.exited";
    public const string OfferSent = "offer.sent";
    public const string OfferDelivered = "offer.delivered";
    public const string OfferOpened = "offer.opened";
    public const string OfferRedeemed = "offer.redeemed";
    public const string OfferExpired = "offer.expired";
    public const string MessageReceived = "message.received";
    public const string MessageSent = "message.sent";
    public const string MessageFailed = "message.failed";
    public const string ConversationOpened = "conversation.opened";
    public const string ConversationClosed = "conversation.closed";
    public const string ConversationTransferred = "conversation.transferred";
    public const string CallStarted = "call.started";
    public const string CallEnded = "call.ended";
    public const string CallbackRequested = "callback.requested";
    public const string CallbackCalling = "callback.calling";
    public const string CallbackDone = "callback.done";
    public const string CallbackFailed = "callback.failed";
    public const string NoteAdded = "note.added";
    public const string SurveySent = "survey.sent";
    public const string SurveyAnswered = "survey.answered";
    public const string ConsentChanged = "consent.changed";
    public const string IdentityMerged = "identity.merged";
    public const string IdentityUnmerged = "identity.unmerged";
    public const string WorkOrderCreated = "workorder.created";
    public const string WorkOrderUpdated = "workorder.updated";
    public const string DeviceLinked = "device.linked";
    public const string DeviceUnlinked = "device.unlinked";

    public const string PurchaseMade = "purchase.made";
    public const string PurchaseReturned = "purchase.returned";
    public const string PageViewed = "page.viewed";

    public const string SlaWarning = "sla.warning";
    public const string SlaBreached = "sla.breached";

    /// <summary>Those that people and other systems may report; of the others the platform itself is the witness.</summary>
    public static IReadOnlyList<string> Reported { get; } =
    [
        MessageReceived,
        MessageSent,
        CallStarted,
        CallEnded,
        NoteAdded,
        SurveySent,
        SurveyAnswered,
        PurchaseMade,
        PurchaseReturned,
        PageViewed,
    ];

    /// <summary>All of them, in the contract's order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        AlarmRaised,
        AlarmCleared,
        CaseOpened,
        CaseUpdated,
        CaseVerifying,
        CaseResolved,
        CaseReopened,
        CommandSent,
        CommandCompleted,
        VisitEntered,
        VisitDwelled,
        VisitExited,
        OfferSent,
        OfferDelivered,
        OfferOpened,
        OfferRedeemed,
        OfferExpired,
        MessageReceived,
        MessageSent,
        CallStarted,
        CallEnded,
        NoteAdded,
        SurveySent,
        SurveyAnswered,
        ConsentChanged,
        IdentityMerged,
        IdentityUnmerged,
        WorkOrderCreated,
        WorkOrderUpdated,
        DeviceLinked,
        DeviceUnlinked,
        SlaWarning,
        SlaBreached,
        ConversationOpened,
        ConversationClosed,
        ConversationTransferred,
        MessageFailed,
        PurchaseMade,
        PurchaseReturned,
        PageViewed,
        CallbackRequested,
        CallbackCalling,
        CallbackDone,
        CallbackFailed,
    ];
}
