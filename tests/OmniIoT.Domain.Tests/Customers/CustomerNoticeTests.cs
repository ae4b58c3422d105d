using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What a customer hears of their devices' alarms, and how often.</summary>
public sealed class CustomerNoticeTests
{
    private readonly CustomerBench _bench = new();

    [Fact]
    public void A_notice_stands_on_the_timeline_and_goes_to_the_app()
    {
        List<Effect> effects = Tell(0, "w1", "overheat");

        TimelineEntry entry = effects.OfType<AppendTimeline>().Single().Entry;
        Assert.Equal(
            (TimelineKind.MessageSent, "It is hot.", "w1", "a1"),
            (entry.Kind, entry.Text, entry.Refs.DeviceId, entry.Refs.AlarmId)
        );
        Assert.Equal("customers/ann/messages", effects.OfType<Enqueue>().Single().Downlink.Topic);
    }

    [Fact]
    public void The_same_of_another_device_is_not_told_within_half_an_hour()
    {
        Assert.Equal(1, NoticesOf(Tell(0, "w1", "overheat")));
        Assert.Equal(0, NoticesOf(Tell(60, "w2", "overheat")));
        Assert.Equal(0, NoticesOf(Tell(1790, "w1", "overheat")));
        Assert.Equal(1, NoticesOf(Tell(1800, "w2", "overheat")));
    }

    [Fact]
    public void It_stays_told_over_a_restart()
    {
        Tell(0, "w1", "overheat");
        _bench.Restart();

        Assert.Equal(0, NoticesOf(Tell(60, "w2", "overheat")));
    }

    [Fact]
    public void Another_type_is_told_at_once()
    {
        Tell(0, "w1", "overheat");

        Assert.Equal(1, NoticesOf(Tell(60, "w1", "door")));
    }

    [Fact]
    public void What_is_old_news_when_it_comes_is_not_told()
    {
        NoticeDue late = new("ann", "w1", "a1", "overheat", null, CustomerBench.Start, "It is hot.");

        Assert.Empty(_bench.Do(16 * 60, (grain, decision) => grain.Handle(decision, late)));
    }

    private List<Effect> Tell(double atSeconds, string device, string type) =>
        _bench.Do(
            atSeconds,
            (grain, decision) => grain.Handle(decision, new NoticeDue("ann", device, "a1", type, null, decision.Moment.Now, "It is hot."))
        );

    private static int NoticesOf(IEnumerable<Effect> effects) =>
        effects.OfType<AppendTimeline>().Count(effect => effect.Entry.Kind == TimelineKind.MessageSent);
}
