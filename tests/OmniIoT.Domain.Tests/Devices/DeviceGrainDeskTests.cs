using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Domain.Tests.Devices;

/// <summary>What people do with a device's case.</summary>
public sealed class DeviceGrainDeskTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void Assigning_says_on_the_timeline_what_changed_and_answers_nobody()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;

        List<Effect> effects = _bench.Do(
            (grain, decision) =>
                grain.Handle(
                    decision,
                    new ChangeCase
                    {
                        CaseId = opened.Id,
                        Actor = "agent:a",
                        Status = null,
                        Priority = null,
                        Queue = null,
                        Assignee = "a",
                        Title = null,
                        ExpectedVersion = opened.Version,
                    },
                    opened
                )
        );

        Case changed = effects.Single<PutCase>().Case;
        Assert.Equal(("a", opened.Version + 1), (changed.Assignee, changed.Version));
        Assert.Null(changed.Sla.FirstRespondedAt);
        Assert.Contains("assignee: nobody → a", effects.Single<AppendTimeline>().Entry.Text);
    }

    [Fact]
    public void The_first_answer_stops_the_response_clock_and_later_ones_change_nothing()
    {
        Case opened = _bench.Overheat().Single<PutCase>().Case;
        Instant first = DeviceBench.Start + TimeSpan.FromMinutes(3);
        _bench.Do((grain, decision) => grain.Handle(decision, new NoteCase(opened.Id, "looked at it", "agent:a"), opened));

        Case answered = _bench
            .Do((grain, decision) => grain.Handle(decision, new AnswerCase(opened.Id, first), opened))
            .Single<PutCase>()
            .Case;

        Assert.Equal((first, opened.Version + 1), (answered.Sla.FirstRespondedAt, answered.Version));
        Assert.Empty(
            _bench.Do((grain, decision) => grain.Handle(decision, new AnswerCase(opened.Id, first + TimeSpan.FromMinutes(1)), opened))
        );
    }
}
