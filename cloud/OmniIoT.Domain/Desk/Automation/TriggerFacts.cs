using System.Globalization;
using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;

namespace OmniIoT.Domain.Desk.Automation;

/// <summary>What conditions can ask of a conversation or a case; a field that it has not is without a value.</summary>
public sealed class TriggerFacts
{
    private readonly Dictionary<string, IReadOnlyList<string>> _values = new(StringComparer.Ordinal);

    /// <summary>Names of all fields; those in minutes count from what they name until now.</summary>
    public static IReadOnlyList<string> Fields { get; } =
    [
        "channel",
        "status",
        "queue",
        "assignee",
        "subject",
        "tags",
        "text",
        "priority",
        "title",
        "openedBy",
        "deviceId",
        "caseId",
        "customerId",
        "customer.name",
        "customer.locale",
        "customer.tags",
        "target",
        "openMinutes",
        "quietMinutes",
        "waitingMinutes",
    ];

    public IReadOnlyList<string> Of(string field) => _values.GetValueOrDefault(field, []);

    /// <param name="text">What was just said; null: nothing.</param>
    public static TriggerFacts Of(Conversation conversation, Customer customer, string? text, Instant now) =>
        new TriggerFacts()
            .With("channel", conversation.Channel)
            .With("status", conversation.Status)
            .With("queue", conversation.Queue)
            .With("assignee", conversation.Assignee)
            .With("subject", conversation.Subject)
            .With("tags", conversation.Tags)
            .With("text", text)
            .With("deviceId", conversation.DeviceId)
            .With("caseId", conversation.CaseId)
            .With("customerId", conversation.CustomerId)
            .With("customer.name", customer.Name)
            .With("customer.locale", customer.Locale)
            .With("customer.tags", customer.Tags)
            .With("openMinutes", conversation.OpenedAt, now)
            .With("quietMinutes", conversation.LastMessageAt, now)
            .With("waitingMinutes", conversation.WaitingSince, now);

    public static TriggerFacts Of(Case @case, Instant now) =>
        new TriggerFacts()
            .With("status", @case.Status)
            .With("queue", @case.Queue)
            .With("assignee", @case.Assignee)
            .With("title", @case.Title)
            .With("priority", @case.Priority)
            .With("openedBy", @case.OpenedBy)
            .With("deviceId", @case.DeviceId)
            .With("caseId", @case.Id)
            .With("customerId", @case.CustomerId)
            .With("openMinutes", @case.OpenedAt, now)
            .With("quietMinutes", @case.UpdatedAt, now)
            .With("waitingMinutes", @case.WaitingSince, now);

    /// <summary>Which promise a warning or breach is about: <c>firstResponse</c>, <c>nextResponse</c>, <c>resolution</c>.</summary>
    public TriggerFacts About<T>(T target)
        where T : struct, Enum => With("target", target);

    private TriggerFacts With(string field, string? value) => value is null ? this : With(field, [value]);

    private TriggerFacts With(string field, IReadOnlyList<string> values)
    {
        _values[field] = values;
        return this;
    }

    private TriggerFacts With<T>(string field, T value)
        where T : struct, Enum => With(field, JsonNamingPolicy.CamelCase.ConvertName(value.ToString()));

    private TriggerFacts With(string field, Instant? since, Instant now) =>
        With(field, since is { } from ? Math.Floor((now - from).TotalMinutes).ToString(CultureInfo.InvariantCulture) : null);
}
