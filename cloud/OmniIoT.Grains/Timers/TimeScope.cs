using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Timers;

/// <summary>
/// What of a trigger's conditions storage can be asked for. It finds all that fits and perhaps more: the conditions themselves decide.
/// </summary>
internal static class TimeScope
{
    /// <summary>What only a case has.</summary>
    private static readonly string[] OfCases = ["priority", "title", "openedBy"];

    /// <summary>What only a conversation has, or nothing that time alone sets off.</summary>
    private static readonly string[] OfTalks =
    [
        "channel",
        "subject",
        "tags",
        "text",
        "target",
        "customer.name",
        "customer.locale",
        "customer.tags",
    ];

    /// <returns>Null: no conversation can fit.</returns>
    public static ConversationFilter? TalksFor(Trigger trigger, Instant now) =>
        Needs(trigger, OfCases) || Needs(trigger, ["text", "target"])
            ? null
            : new ConversationFilter(
                ConversationStatus.Open,
                Queue: TextOf(trigger, "queue"),
                Channel: TextOf(trigger, "channel"),
                Assignee: TextOf(trigger, "assignee")
            )
            {
                IgnoresCase = true,
                QuietSince = SinceOf(trigger, "quietMinutes", now),
            };

    /// <returns>Null: no case can fit.</returns>
    public static CaseFilter? CasesFor(Trigger trigger) =>
        Needs(trigger, OfTalks)
            ? null
            : new CaseFilter
            {
                Unresolved = true,
                Queue = TextOf(trigger, "queue"),
                Assignee = TextOf(trigger, "assignee"),
                Priority = Enum.TryParse(TextOf(trigger, "priority"), ignoreCase: true, out CasePriority priority) ? priority : null,
                IgnoresCase = true,
            };

    /// <summary>Whether a condition holds only where there is one of the fields.</summary>
    private static bool Needs(Trigger trigger, string[] fields) =>
        trigger.Conditions.Any(one =>
            fields.Contains(one.Field)
            && (
                one.Op is TriggerOperator.Exists
                    ? one.Value is not JsonValue said || said.ToString() != "false"
                    : one.Op is not TriggerOperator.Ne
            )
        );

    /// <summary>The text that a field must be, where storage compares it as the condition does; null: any.</summary>
    private static string? TextOf(Trigger trigger, string field) =>
        trigger
            .Conditions.Where(one => one.Field == field && one.Op is TriggerOperator.Eq)
            .Select(static one => one.Value is JsonValue value && value.TryGetValue(out string? text) ? text : null)
            .FirstOrDefault(static text => text is { Length: > 0 } && text.All(char.IsAscii));

    /// <summary>By when it must have begun to last for so many whole minutes; null: at any time.</summary>
    private static Instant? SinceOf(Trigger trigger, string field, Instant now)
    {
        foreach (TriggerCondition one in trigger.Conditions.Where(one => one.Field == field && one.Op is TriggerOperator.Gt))
        {
            if (
                double.TryParse(one.Value?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double minutes)
                && minutes is > 0 and < MostMinutes
            )
                return now - TimeSpan.FromMinutes(minutes);
        }
        return null;
    }

    /// <summary>A century: what is more is left to the condition.</summary>
    private const double MostMinutes = 52_560_000;
}
