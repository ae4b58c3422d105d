using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers.Bots;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;

namespace OmniIoT.Domain.Calls;

/// <summary>What is known of a caller and of the queues while a flow decides.</summary>
public sealed record CallView
{
    /// <summary>The caller's language, one of <see cref="Answers.Locales"/>.</summary>
    public required string Locale { get; init; }

    public required Instant Now { get; init; }

    /// <summary>Null: nobody that is known.</summary>
    public Customer? Customer { get; init; }

    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>Where the caller's conversation is.</summary>
    public required string Queue { get; init; }

    public required DeskRules Desk { get; init; }

    public CallFacts Facts { get; init; } = new();

    /// <summary>Whether the caller's number is known, so that they can be called or written to.</summary>
    public bool HasNumber { get; init; } = true;

    /// <summary>Whether a link to the chat can leave by a channel.</summary>
    public Func<string, bool> MayLink { get; init; } = static _ => true;

    private DeviceReport? Device =>
        Facts.Devices.Where(static one => one.Alarm is not null).MaxBy(static one => one.Alarm!.Severity)
        ?? (Facts.Devices.Count > 0 ? Facts.Devices[0] : null);

    /// <summary>How many wait in a queue.</summary>
    public long WaitingIn(string queue) => Facts.Queues.FirstOrDefault(one => one.Queue == queue)?.Waiting ?? 0;

    /// <summary>The value of one of <see cref="CallNames"/>; null: there is none.</summary>
    public object? ValueOf(string name) =>
        name switch
        {
            "device.id" => Device?.DeviceId,
            "device.name" => Device?.Name,
            "device.model" => Device?.Model,
            "device.health" => Device is { } device
                ? device.Alarm is { } alarm
                    ? Word(alarm.Severity)
                    : "ok"
                : null,
            "device.alarm" => Device?.Alarm?.Type,
            "device.value" => Device?.Alarm?.Value,
            "customer.id" => Customer?.Id,
            "customer.name" => Customer?.Name,
            "customer.locale" => Locale,
            "customer.devices" => (double)Facts.Devices.Count,
            "case.open" => Facts.Case is not null,
            "case.id" => Facts.Case?.Id,
            "case.number" => Facts.Case is { } one ? (double)one.Number : null,
            "case.status" => Facts.Case is { } one ? Word(one.Status) : null,
            "case.priority" => Facts.Case is { } one ? Word(one.Priority) : null,
            "queue.waiting" => (double)WaitingIn(Queue),
            "queue.oldestWaitSeconds" => OldestWaitSeconds,
            "calendar.open" => Desk.IsOpen(Queue, Now),
            _ => null,
        };

    private double OldestWaitSeconds =>
        Facts.Queues.FirstOrDefault(one => one.Queue == Queue) is { } load ? Math.Max(0, (Now - load.Since).TotalSeconds) : 0;

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}

/// <summary>What was looked up for a call.</summary>
public sealed record CallFacts
{
    public IReadOnlyList<DeviceReport> Devices { get; init; } = [];

    /// <summary>The newest unresolved case of the caller; null: none.</summary>
    public CallCase? Case { get; init; }

    /// <summary>Of the queues in which something waits.</summary>
    public IReadOnlyList<QueueLoad> Queues { get; init; } = [];

    /// <summary>Where the caller stands in the queue in which they are, from 1; 0: in none.</summary>
    public int Place { get; init; }

    /// <summary>By which the caller can go on in the web chat; null: not known.</summary>
    public string? Link { get; init; }
}

public sealed record CallCase(string Id, long Number, CaseStatus Status, CasePriority Priority, string? DeviceId)
{
    /// <summary>Null: there is none.</summary>
    public static CallCase? NewestOf(IEnumerable<Case> cases) =>
        cases.MaxBy(static one => one.Number) is { } newest
            ? new CallCase(newest.Id, newest.Number, newest.Status, newest.Priority, newest.DeviceId)
            : null;
}

/// <param name="Since">Since when the oldest waits.</param>
public sealed record QueueLoad(string Queue, long Waiting, Instant Since);
