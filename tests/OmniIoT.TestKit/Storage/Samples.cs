using System.Text.Json.Nodes;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.TestKit.Storage;

/// <summary>Records to store, with every field set.</summary>
public static class Samples
{
    /// <summary>2026-11-22T01:33:00Z.</summary>
    public static Instant Start { get; } = new(1_795_311_180_000);

    public static Instant At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    public static DeviceRegistration Device(
        string id,
        string model = "washer-w2",
        string? customerId = null,
        string? siteId = null,
        string? name = null
    ) => new(id, model, customerId, siteId, name, Start, 1);

    public static Alarm Alarm(
        string id,
        double raisedAt = 0,
        string deviceId = "press-7",
        Severity severity = Severity.Major,
        bool cleared = false,
        string? caseId = null,
        string? customerId = null
    ) =>
        new()
        {
            Id = id,
            DeviceId = deviceId,
            Type = "overheat",
            Severity = severity,
            RaisedAt = At(raisedAt),
            FirstSymptomAt = At(raisedAt - 30),
            Value = 81.5,
            CustomerId = customerId,
            CaseId = caseId,
            ClearedAt = cleared ? At(raisedAt + 60) : null,
            Threshold = new AlarmThreshold("temperature", ">", 80),
        };

    public static Case Case(
        string id,
        long number,
        string? customerId = null,
        string? deviceId = null,
        CaseStatus status = CaseStatus.Open,
        string? assignee = null,
        string queue = "washers",
        CasePriority priority = CasePriority.High,
        string title = "Runs hot"
    ) =>
        new()
        {
            Id = id,
            Number = number,
            CustomerId = customerId,
            DeviceId = deviceId,
            AlarmIds = ["a1", "a2"],
            Title = title,
            Status = status,
            Priority = priority,
            Queue = queue,
            Assignee = assignee,
            OpenedBy = CaseOpener.Device,
            OpenedAt = Start,
            FirstSymptomAt = At(-30),
            ResolvedAt = null,
            ReopenedCount = 0,
            Sla = SlaClock.None with { FirstResponseDueAt = At(900), ResolutionDueAt = At(86_400) },
            Resolution = null,
            Article = "washer-hot",
            UpdatedAt = Start,
            Version = 1,
        };

    public static TimelineEntry Entry(
        string id,
        string customerId = "c1",
        double at = 0,
        string kind = TimelineKind.NoteAdded,
        string channel = "console",
        string? caseId = null,
        string? deviceId = null
    ) =>
        new()
        {
            Id = id,
            CustomerId = customerId,
            At = At(at),
            RecordedAt = At(at + 1),
            Kind = kind,
            Channel = channel,
            Direction = TimelineDirection.Internal,
            Actor = "agent:aygun",
            Title = "Noted",
            Text = "Şənbə günü zəng et",
            Refs = new TimelineRefs { CaseId = caseId, DeviceId = deviceId },
            Data = new JsonObject { ["stars"] = 5 },
        };

    public static DeviceCommand Command(string id, string deviceId = "press-7", double at = 0) =>
        new()
        {
            Id = id,
            DeviceId = deviceId,
            Name = "restart",
            Arguments = new JsonObject { ["hard"] = true },
            Status = CommandStatus.Queued,
            RequestedBy = "agent:aygun",
            CreatedAt = At(at),
            ExpiresAt = At(at + 60),
        };

    public static DeviceMessage DeviceMessage(string id, string deviceId = "press-7", double at = 0) =>
        new()
        {
            Id = id,
            DeviceId = deviceId,
            Payload = JsonValue.Create("hello"),
            Properties = new Dictionary<string, string> { ["level"] = "high" },
            Status = DeviceMessageStatus.Queued,
            RequestedBy = "agent:aygun",
            CreatedAt = At(at),
            ExpiresAt = At(at + 60),
        };

    public static Downlink Downlink(string id, EntityId? target = null) =>
        new()
        {
            Id = id,
            Target = target ?? EntityId.Device("press-7"),
            Topic = "devices/press-7/commands/k1/request",
            Payload = [1, 2, 0, 255],
            Retain = false,
            Reference = "command:k1",
            CreatedAt = Start,
            ExpiresAt = At(60),
        };

    public static Customer Customer(string id, string? name = "Leyla", params Identity[] identities) =>
        new()
        {
            Id = id,
            Name = name,
            Locale = "az",
            TimeZone = "Asia/Baku",
            Tags = ["vip"],
            Consent = new Consent(Location: true, Offers: true),
            Identities = identities,
            CreatedAt = Start,
            Version = 1,
        };

    public static Merge Merge(string id, string into) =>
        new(id, into, Start, new MergeGain("Leyla", null, "Asia/Baku", ["vip"], [new Identity("email", "leyla@example.com")]));

    public static Visit Visit(string id, string customerId = "c1", double enteredAt = 0, double? exitedAt = null) =>
        new(id, customerId, "mall", "bar-1", null, At(enteredAt), exitedAt is { } exited ? At(exited) : null);

    public static Offer Offer(
        string id,
        string customerId = "c1",
        OfferState state = OfferState.Sent,
        double sentAt = 0,
        string campaignId = "espresso"
    ) =>
        new()
        {
            Id = id,
            CampaignId = campaignId,
            CustomerId = customerId,
            SiteId = "mall",
            Title = "Hello",
            Text = "20 % off",
            Code = "K7Q2",
            SentAt = At(sentAt),
            ExpiresAt = At(sentAt + 7_200),
            State = state,
        };

    public static RecordedDecision Decision(string id, OfferReason reason, double at = 0, string campaignId = "espresso") =>
        new()
        {
            Id = id,
            At = At(at),
            CampaignId = campaignId,
            FenceId = "bar-1",
            Outcome = reason is OfferReason.Sent ? OfferOutcome.Sent : OfferOutcome.Refused,
            Reason = reason,
            OfferId = null,
            Inputs = new JsonObject { ["localHour"] = 22 },
        };

    public static Conversation Conversation(
        string id,
        string customerId = "c1",
        double lastMessageAt = 0,
        ConversationStatus status = ConversationStatus.Open,
        string queue = "support"
    ) =>
        new()
        {
            Id = id,
            CustomerId = customerId,
            Channel = "webchat",
            Status = status,
            Queue = queue,
            Assignee = null,
            Subject = "Leaks",
            DeviceId = "washer-1",
            OpenedAt = Start,
            LastMessageAt = At(lastMessageAt),
            Version = 1,
        };

    public static ConversationMessage Message(string id, string conversationId = "t1", double at = 0, string text = "Salam") =>
        new(id, conversationId, At(at), TimelineDirection.In, "customer:c1", text, MessageState.Received);

    public static CallBack CallBack(string id, string customerId = "c1", double requestedAt = 0, string queue = "washers") =>
        new()
        {
            Id = id,
            CustomerId = customerId,
            Number = "+994501234567",
            Queue = queue,
            RequestedAt = At(requestedAt),
            DueAt = At(requestedAt),
            Status = CallBackStatus.Waiting,
            ConversationId = "t1",
            Channel = "phone",
        };

    public static OutgoingMessage Outgoing(string id, string conversationId = "t1", string customerId = "c1", double at = 0) =>
        new()
        {
            MessageId = id,
            ConversationId = conversationId,
            CustomerId = customerId,
            Channel = "sms",
            To = new Identity("phone", "+994501234567"),
            Text = "Salam",
            CreatedAt = At(at),
        };

    public static DeadLetter DeadLetter(string id, double at = 0, string principal = "device:press-7") =>
        new(id, At(at), "devices/press-7/telemetry", principal, DeadLetterReason.WrongShape, "an array was expected", [123, 0, 255]);

    /// <summary>Bytes that differ by seed, none of which is text.</summary>
    public static byte[] Bytes(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
