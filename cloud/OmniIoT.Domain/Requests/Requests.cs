using System.Text.Json.Nodes;
using OmniIoT.Devices;

namespace OmniIoT.Domain;

/// <summary>
/// Something a person or another system asks of a grain; it goes through the same door as messages. <typeparamref name="TResult"/>
/// is what it answers when carried out. <c>ExpectedVersion</c> null means: whatever the present one is.
/// </summary>
public abstract record GrainRequest<TResult> : IGrainRequest;

/// <summary>Any request.</summary>
public interface IGrainRequest;

/// <summary>A request about a case: whoever asks the grain also shows it the case as stored.</summary>
public interface ICaseRequest
{
    string CaseId { get; }
}

/// <summary>What a request came to: a result, or a typed rejection.</summary>
public readonly record struct Reply<T>(T? Result, Rejection? Rejection)
{
    public static implicit operator Reply<T>(T result) => new(result, null);

    public static implicit operator Reply<T>(Rejection rejection) => new(default, rejection);
}

// Devices (asked of the device's grain)

/// <summary>Creates or replaces a registration; answers the secret only when it was created.</summary>
/// <param name="SignsIn">False: a new device has no secret, because it has no connection of its own; it can be given one later.</param>
public sealed record RegisterDevice(
    string Model, string? CustomerId, string? SiteId, string? Name, int? ExpectedVersion = null, bool SignsIn = true) : GrainRequest<DeviceRegistered>;

public sealed record DeviceRegistered(DeviceRegistration Device, string? Secret);

/// <summary>Gives a new secret; the old one ends.</summary>
public sealed record RotateDeviceSecret : GrainRequest<string>;

public sealed record RemoveDevice(int? ExpectedVersion = null) : GrainRequest<bool>;

/// <summary>Merges (RFC 7386) into the desired properties; answers the twin.</summary>
public sealed record PatchDesired(JsonObject Patch, int? ExpectedVersion = null) : GrainRequest<TwinView>;

/// <summary>
/// Merges into what the device reports of itself, as its own message does; for who must be answered. Answers the version that it makes.
/// </summary>
public sealed record PatchReported(JsonObject Patch) : GrainRequest<int>;

/// <param name="Lifetime">Null: <see cref="DeviceMessage.DefaultLifetime"/>.</param>
public sealed record SendDeviceMessage(JsonNode Payload, IReadOnlyDictionary<string, string> Properties, TimeSpan? Lifetime, string Actor)
    : GrainRequest<DeviceMessage>;

/// <param name="Timeout">Null: the model's.</param>
public sealed record SendCommand(string Name, JsonNode? Arguments, TimeSpan? Timeout, string Actor) : GrainRequest<DeviceCommand>;

public sealed record AcknowledgeAlarm(string AlarmId, string Actor) : GrainRequest<Alarm>;

/// <summary>Clears an alarm by hand.</summary>
public sealed record ClearAlarm(string AlarmId, string Actor) : GrainRequest<Alarm>;

/// <summary>An edge node speaks for the device.</summary>
/// <param name="Adopter">
/// The node's own registration, for a device that was registered for itself: it is the node's only when both have the same owner and
/// site and the device never spoke for itself. Null for a device that was registered as the node's.
/// </param>
public sealed record AttachToEdge(EdgeAttachment Edge, DeviceRegistration? Adopter) : GrainRequest<bool>;

// Provisioning (asked of the device's grain)

/// <summary>
/// The device registers itself: refused when it is registered already, unless that was allowed. It answers a new secret.
/// </summary>
/// <param name="SiteId">Where the enrolment says that it stands.</param>
/// <param name="CodeHash">Of a new claim code; it counts when nobody owns the device.</param>
public sealed record EnrollDevice(
    string EnrollmentId, string Model, string? SiteId, string? Name, string? Address, string? Thumbprint, string CodeHash, Instant CodeExpiresAt)
    : GrainRequest<DeviceEnrolled>;

/// <param name="Again">It had been registered before.</param>
public sealed record DeviceEnrolled(DeviceRegistration Device, string Secret, bool Again);

/// <summary>Lets the device register itself anew, once, until then; null: not any more. Answers the same.</summary>
public sealed record AllowReenrollment(Instant? Until) : GrainRequest<Instant?>;

/// <summary>Gives the device a new claim code; the old one ends. Answers when the new one does.</summary>
public sealed record IssueClaimCode(string CodeHash, Instant ExpiresAt) : GrainRequest<Instant>;

/// <summary>Makes the device a customer's by its claim code, which is used up by that.</summary>
public sealed record ClaimDevice(string CodeHash, string CustomerId, string Actor) : GrainRequest<DeviceRegistration>;

/// <summary>Lets the device sign in over TLS with a certificate. Answers whether that is new.</summary>
public sealed record TrustCertificate(string Thumbprint) : GrainRequest<bool>;

/// <summary>Ends that. Answers true.</summary>
public sealed record RevokeCertificate(string Thumbprint) : GrainRequest<bool>;

// Cases (asked of the grain of the case's device; of its customer when it has none)

public sealed record OpenCase(
    string? CustomerId, string? DeviceId, string Title, CasePriority Priority, string Queue, CaseOpener OpenedBy, string Actor) : GrainRequest<Case>;

/// <summary>Changes what is not null. <paramref name="Assignee"/> empty unassigns.</summary>
public sealed record ChangeCase(
    string CaseId, string Actor, CaseStatus? Status, CasePriority? Priority, string? Queue, string? Assignee, string? Title,
    int? ExpectedVersion) : GrainRequest<Case>, ICaseRequest;

public sealed record ResolveCase(string CaseId, string? Resolution, string Actor, int? ExpectedVersion) : GrainRequest<Case>, ICaseRequest;

public sealed record NoteCase(string CaseId, string Text, string Actor) : GrainRequest<TimelineEntry>, ICaseRequest;

// Customers (asked of the customer's grain)

public sealed record PutCustomerData(
    string? Name, string? Locale, string? TimeZone, IReadOnlyList<string> Tags, Consent Consent, IReadOnlyList<Identity> Identities,
    int? ExpectedVersion, string Actor) : GrainRequest<CustomerStored>;

public sealed record CustomerStored(Customer Customer, bool Created);

public sealed record RemoveCustomer : GrainRequest<bool>;

/// <summary>Makes the customer <paramref name="From"/> one person with the asked one, who survives.</summary>
public sealed record MergeCustomer(string From, int? ExpectedVersion, string Actor) : GrainRequest<Customer>;

/// <summary>Undoes the merge of <paramref name="From"/> into the asked one.</summary>
public sealed record UnmergeCustomer(string From, int? ExpectedVersion, string Actor) : GrainRequest<Customer>;

/// <summary>Gives a new app token; the old one ends.</summary>
public sealed record RotateAppToken : GrainRequest<string>;

/// <summary>Adds an entry that another system or an agent reports.</summary>
public sealed record AddTimelineEntry(
    Instant? At, string Kind, string Channel, TimelineDirection Direction, string Actor, string Title, string? Text, TimelineRefs Refs,
    JsonObject? Data) : GrainRequest<TimelineEntry>;

public sealed record RedeemOffer(string OfferId, string Code, string? SiteId) : GrainRequest<Offer>;

/// <summary>The app says that its user looked at the offer.</summary>
public sealed record OpenOffer(string OfferId) : GrainRequest<Offer>;

/// <summary>Words of the customer; opens a conversation on the channel when none is open.</summary>
public sealed record ReceiveMessage(string Channel, string Author, string Text, string? DeviceId) : GrainRequest<MessageStored>;

/// <summary>Words of the company in a conversation of this customer.</summary>
public sealed record PostMessage(string ConversationId, string Author, string Text) : GrainRequest<MessageStored>;

public sealed record ChangeConversation(string ConversationId, ConversationStatus? Status, string? Assignee, int? ExpectedVersion)
    : GrainRequest<Conversation>;

public sealed record MessageStored(Conversation Conversation, ConversationMessage Message);
