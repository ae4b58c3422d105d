using System.Collections.Frozen;
using System.Collections.Immutable;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Calendars;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Desk;

/// <summary>The documents that say how the desk works.</summary>
public sealed record DeskRules
{
    public static DeskRules Empty { get; } = new();

    public FrozenDictionary<string, Queue> Queues { get; init; } = FrozenDictionary<string, Queue>.Empty;

    public FrozenDictionary<string, SlaPolicy> Policies { get; init; } = FrozenDictionary<string, SlaPolicy>.Empty;

    public FrozenDictionary<string, WorkingCalendar> Calendars { get; init; } = FrozenDictionary<string, WorkingCalendar>.Empty;

    /// <summary>Those that are enabled, in the order in which they go.</summary>
    public ImmutableArray<Trigger> Triggers { get; init; } = [];

    /// <summary>What the customer of a case is promised: by its queue's policy, else by <see cref="CaseSlaTargets"/>.</summary>
    public SlaTerms TermsOf(string queue, CasePriority priority) => PolicyOf(queue, priority) ?? CaseSlaTargets.For(priority);

    /// <summary>What the customer of a conversation is promised; nothing where its queue has no policy.</summary>
    public SlaTerms TermsOf(string queue) => PolicyOf(queue, CasePriority.Normal) ?? SlaTerms.None;

    /// <summary>Whether somebody of a queue is there by its calendar; always where it has none.</summary>
    public bool IsOpen(string queue, Instant at) => CalendarOf(Queues.GetValueOrDefault(queue)?.Calendar).IsOpen(at);

    /// <summary>When somebody of a queue is there: now, or when its calendar opens next; now also where it never does.</summary>
    public Instant OpensAt(string queue, Instant at) => CalendarOf(Queues.GetValueOrDefault(queue)?.Calendar).OpensAt(at);

    private SlaTerms? PolicyOf(string queueId, CasePriority priority) =>
        Queues.GetValueOrDefault(queueId) is { Sla: { } sla } queue && Policies.GetValueOrDefault(sla) is { } policy
            ? new SlaTerms(policy.Id, policy.For(priority), CalendarOf(policy.Calendar ?? queue.Calendar), policy.PauseOn)
            : null;

    private WorkingCalendar CalendarOf(string? id) =>
        id is null ? WorkingCalendar.Always : Calendars.GetValueOrDefault(id, WorkingCalendar.Always);
}
