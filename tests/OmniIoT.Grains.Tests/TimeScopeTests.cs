using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Grains.Timers;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Tests;

/// <summary>What storage is asked for on behalf of a trigger of the time.</summary>
public sealed class TimeScopeTests
{
    private static readonly Instant Now = new(1_764_500_000_000);

    [Fact]
    public void What_can_be_asked_for_is_asked_for()
    {
        Trigger trigger = Of(
            new TriggerCondition("queue", TriggerOperator.Eq, "Late"),
            new TriggerCondition("assignee", TriggerOperator.Eq, "bo"),
            new TriggerCondition("quietMinutes", TriggerOperator.Gt, 30)
        );

        ConversationFilter talks = TimeScope.TalksFor(trigger, Now)!;
        CaseFilter open = TimeScope.CasesFor(trigger)!;

        Assert.Equal(
            ("Late", "bo", true, Now - TimeSpan.FromMinutes(30)),
            (talks.Queue, talks.Assignee, talks.IgnoresCase, talks.QuietSince)
        );
        Assert.Equal(("Late", "bo", true, true), (open.Queue, open.Assignee, open.IgnoresCase, open.Unresolved));
    }

    [Theory]
    [InlineData("priority", TriggerOperator.Eq, "urgent", false, true)]
    [InlineData("priority", TriggerOperator.Ne, "urgent", true, true)]
    [InlineData("channel", TriggerOperator.Contains, "mail", true, false)]
    [InlineData("subject", TriggerOperator.Exists, true, true, false)]
    [InlineData("subject", TriggerOperator.Exists, false, true, true)]
    [InlineData("target", TriggerOperator.Eq, "resolution", false, false)]
    public void What_cannot_fit_is_not_read(string field, TriggerOperator op, object value, bool readsTalks, bool readsCases)
    {
        Trigger trigger = Of(new TriggerCondition(field, op, value is bool flag ? flag : (string)value));

        Assert.Equal((readsTalks, readsCases), (TimeScope.TalksFor(trigger, Now) is not null, TimeScope.CasesFor(trigger) is not null));
    }

    [Theory]
    [InlineData("queue", TriggerOperator.Ne, "late")]
    [InlineData("queue", TriggerOperator.Contains, "late")]
    [InlineData("queue", TriggerOperator.Eq, "növbə")]
    [InlineData("quietMinutes", TriggerOperator.Lt, "30")]
    [InlineData("quietMinutes", TriggerOperator.Gt, "soon")]
    [InlineData("quietMinutes", TriggerOperator.Gt, "1e300")]
    public void What_storage_would_understand_otherwise_is_left_to_the_condition(string field, TriggerOperator op, string value)
    {
        ConversationFilter talks = TimeScope.TalksFor(Of(new TriggerCondition(field, op, value)), Now)!;

        Assert.Equal((null, null), (talks.Queue, talks.QuietSince));
    }

    [Fact]
    public void A_priority_is_asked_for_in_any_case() =>
        Assert.Equal(
            CasePriority.Urgent,
            TimeScope.CasesFor(Of(new TriggerCondition("priority", TriggerOperator.Eq, JsonValue.Create("URGENT"))))!.Priority
        );

    private static Trigger Of(params TriggerCondition[] conditions) =>
        new("t", TriggerEvent.Time, conditions, [new DeskAction { Note = "x" }], 0);
}
