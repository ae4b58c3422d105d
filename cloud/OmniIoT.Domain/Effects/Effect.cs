using OmniIoT.Devices;

namespace OmniIoT.Domain;

/// <summary>
/// Something that a decision wants to be true. All effects of a batch become durable in one commit or not at all.
/// "Put" creates or replaces by id; "Append" adds, and does nothing when the id is there already.
/// </summary>
public abstract record Effect;

/// <summary>The grain's snapshot, and when it wants to be woken next (null: not at all).</summary>
public sealed record SaveGrain(GrainId Id, ReadOnlyMemory<byte> State, Instant? DueAt) : Effect;

/// <summary>Readings of one batch, encoded (see TelemetryBlock in OmniIoT.Grains), on their way to the telemetry store.</summary>
public sealed record AppendTelemetry(ReadOnlyMemory<byte> Block) : Effect;

/// <summary>Forgets staged telemetry up to and including a position: the telemetry store has it.</summary>
public sealed record TrimStagedTelemetry(long Position) : Effect;

/// <summary>Leaves a letter for another grain, to be handled after this commit, at least once: what it says is keyed by its time.</summary>
public sealed record Tell(GrainLetter Letter) : Effect;

/// <summary>Takes a letter away: what it caused is durable.</summary>
public sealed record Told(string LetterId) : Effect;

public sealed record PutDevice(DeviceRegistration Device) : Effect;

/// <summary>
/// Removes a device with its credentials, certificates, claim code, grain, alarms and commands; cases and timeline entries stay.
/// </summary>
public sealed record DeleteDevice(string DeviceId) : Effect;

/// <summary>Sets the salted hash that a principal signs in with; a null hash ends the right to sign in.</summary>
public sealed record PutCredential(GrainId Principal, string? SecretHash) : Effect;

/// <summary>Maps a certificate to the principal that signs in with it over TLS; replaces whom it was mapped to.</summary>
public sealed record PutCertificate(GrainId Principal, string Thumbprint) : Effect;

/// <summary>Ends the right to sign in with a certificate.</summary>
public sealed record DeleteCertificate(string Thumbprint) : Effect;

/// <summary>Sets the hash by which a device is found when its claim code is typed; replaces the device's earlier one.</summary>
public sealed record PutClaimCode(string DeviceId, string CodeHash) : Effect;

/// <summary>Records an attempt to register and counts it. Of the refused ones the newest of each enrolment are kept, the others all.</summary>
public sealed record AppendRegistration(Registration Registration) : Effect
{
    public const int KeptRefusals = 1_000;
}

/// <summary>Sets the counts of an enrolment to zero; what was recorded stays.</summary>
public sealed record ResetRegistrationCounts(string EnrollmentId) : Effect;

public sealed record PutAlarm(Alarm Alarm) : Effect;

public sealed record PutCase(Case Case) : Effect;

public sealed record AppendTimeline(TimelineEntry Entry) : Effect;

public sealed record PutCommand(DeviceCommand Command) : Effect;

/// <summary>Puts a downlink into the outbox.</summary>
public sealed record Enqueue(Downlink Downlink) : Effect;

/// <summary>Takes a downlink out of the outbox: it was handed over, or given up.</summary>
public sealed record Dequeue(string DownlinkId) : Effect;

public sealed record AppendDeadLetter(DeadLetter DeadLetter) : Effect;

public sealed record PutCustomer(Customer Customer) : Effect;

/// <summary>
/// Makes a customer answer with another. A conflict when one of them is merged away already, or is not stored.
/// </summary>
public sealed record PutMerge(Merge Merge) : Effect;

/// <summary>Undoes a merge. A conflict when there is none.</summary>
public sealed record RemoveMerge(string CustomerId) : Effect;

/// <summary>Erases all that is stored of a customer, everywhere, and that others were merged into it.</summary>
public sealed record EraseCustomer(string CustomerId) : Effect;

/// <summary>Creates or (by customer, fence and entry time) replaces a visit.</summary>
public sealed record PutVisit(Visit Visit) : Effect;

public sealed record PutOffer(Offer Offer) : Effect;

/// <summary>
/// One offer of a campaign is sent out of its budget; stands beside its <see cref="PutOffer"/>. A conflict when others have spent
/// the budget meanwhile.
/// </summary>
/// <param name="Budget">Most offers of the campaign.</param>
public sealed record SpendBudget(string CampaignId, long Budget) : Effect;

public sealed record AppendDecision(string CustomerId, RecordedDecision Decision) : Effect;

public sealed record PutConversation(Conversation Conversation) : Effect;

public sealed record AppendMessage(ConversationMessage Message, string CustomerId) : Effect;

/// <summary>
/// Writes a document that no grain owns (model, site, fence, beacon, campaign, agent, enrolment). Refused as a conflict when
/// <paramref name="ExpectedVersion"/> is given and is not the stored one. The store counts the version up.
/// </summary>
public sealed record PutDocument(DocumentKind Kind, string Id, ReadOnlyMemory<byte> Json, int? ExpectedVersion = null) : Effect;

public sealed record DeleteDocument(DocumentKind Kind, string Id, int? ExpectedVersion = null) : Effect;

/// <summary>Kinds of documents that no grain owns.</summary>
public enum DocumentKind { Model, Site, Fence, Beacon, Campaign, Agent, Setting, Enrollment }
