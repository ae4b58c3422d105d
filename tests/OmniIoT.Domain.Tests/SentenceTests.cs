using System.Reflection;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Tests.Devices;
using OmniIoT.Domain.Text;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests;

/// <summary>What the platform says itself can be said in other languages.</summary>
public sealed class SentenceTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void Every_kind_has_its_words()
    {
        Assert.Equal(KindsOf(typeof(SentenceKinds)), SentenceKinds.English.Keys.Order());
        Assert.Equal(KindsOf(typeof(MistakeKinds)), MistakeKinds.English.Keys.Order());
        Assert.Equal(KindsOf(typeof(GeometryMistakes)), GeometryMistakes.English.Keys.Order());
    }

    [Fact]
    public void A_mistake_says_its_numbers_and_lists()
    {
        Assert.Equal("must be a number, above 0, at most 0.5", Sentence.Of(MistakeKinds.NumberAbove, ("above", 0), ("max", 0.5)).English());
        Assert.Equal("must be one of enter, exit", Sentence.Of(MistakeKinds.Choice, ("choices", new JsonArray("enter", "exit"))).English());
    }

    [Fact]
    public void Values_are_put_in_once_whatever_they_contain()
    {
        Sentence sentence = Sentence.Of(SentenceKinds.CaseOpened, ("number", 7), ("title", "{number} leaks"));

        Assert.Equal("Case 7 opened: {number} leaks", sentence.English());
    }

    [Fact]
    public void An_alarm_and_its_case_say_of_what_they_speak()
    {
        List<TimelineEntry> entries = [.. _bench.Overheat().OfType<AppendTimeline>().Select(effect => effect.Entry)];

        TimelineEntry raised = entries.Single(entry => entry.Kind == TimelineKind.AlarmRaised);
        Assert.Equal(("Washer 1 raised overheat", "temperature is 85 °C, > 80"), (raised.Title, raised.Text));
        Assert.Equal(
            """{"title":[{"kind":"alarm.raised","values":{"device":"Washer 1","type":"overheat"}}],"text":[{"kind":"alarm.beyondUnit","values":{"metric":"temperature","value":85,"operator":">","bound":80,"unit":"°C"}}]}""",
            Read(raised)
        );
        TimelineEntry opened = entries.Single(entry => entry.Kind == TimelineKind.CaseOpened);
        Assert.Equal("case.opened", (string?)opened.Data["sentences"]!["title"]![0]!["kind"]);
    }

    [Fact]
    public void A_case_without_its_words_is_called_by_its_number_and_any_other_as_it_was_called()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        Case anonymous = opened.Anonymous();

        Assert.Null(opened.TitleSays);
        Assert.Equal(($"Case {opened.Number}", "case.unnamed"), (anonymous.Title, anonymous.TitleSays?.Kind));
    }

    [Fact]
    public void A_change_of_a_case_says_each_difference_and_words_of_people_stay_theirs()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        TimelineEntry changed = _bench
            .Do(
                (grain, decision) =>
                    grain.Handle(
                        decision,
                        new ChangeCase
                        {
                            CaseId = opened.Id,
                            Actor = "agent:a",
                            Status = CaseStatus.Pending,
                            Priority = null,
                            Queue = null,
                            Assignee = "a",
                            Title = null,
                            ExpectedVersion = null,
                        },
                        opened
                    )
            )
            .Single<AppendTimeline>()
            .Entry;
        TimelineEntry note = _bench
            .Do((grain, decision) => grain.Handle(decision, new NoteCase(opened.Id, "Looked at it", "agent:a"), opened))
            .Single<AppendTimeline>()
            .Entry;

        Assert.Equal("status: open → pending; assignee: nobody → a", changed.Text);
        Assert.Equal(
            """[{"kind":"changed.status","values":{"before":"open","after":"pending"}},{"kind":"changed.assignee","values":{"before":null,"after":"a"}}]""",
            changed.Data["sentences"]!["text"]!.ToJsonString(OmniJson.Options)
        );
        Assert.Equal(("Looked at it", null), (note.Text, note.Data["sentences"]!["text"]));
    }

    private static IEnumerable<string> KindsOf(Type kinds) =>
        kinds.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order();

    private static string Read(TimelineEntry entry) => entry.Data["sentences"]!.ToJsonString(OmniJson.Options);
}
