using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

public abstract class TimelineContract : StoreContract
{
    [Fact]
    public async Task An_entry_comes_back_as_written_and_is_not_replaced()
    {
        TimelineEntry entry = Samples.Entry("e1", caseId: "k1", deviceId: "d1");
        Commit(new AppendTimeline(entry));
        Commit(new AppendTimeline(entry with { Title = "Another" }));

        AssertSame(entry, Assert.Single((await Store.Timeline.ListAsync(new TimelineFilter("c1"), new PageRequest(), Cancel)).Items));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(100)]
    public async Task Entries_come_newest_first_then_by_id(int limit)
    {
        double[] times = [5, 1, 3, 3, 3, 9, 0, 3, 7];
        TimelineEntry[] entries = [.. times.Select((at, i) => Samples.Entry($"e{i}", at: at))];
        Commit(entries.Select(entry => new AppendTimeline(entry)));

        IEnumerable<string> expected = entries
            .OrderByDescending(entry => entry.At)
            .ThenByDescending(entry => entry.Id, StringComparer.Ordinal)
            .Select(entry => entry.Id);

        Assert.Equal(expected, await Ids(new TimelineFilter("c1"), limit));
    }

    [Fact]
    public async Task Entries_are_restricted_by_every_field_of_the_filter()
    {
        Commit(
            new AppendTimeline(Samples.Entry("e1", "c1", 1, TimelineKind.AlarmRaised, "device", "k1")),
            new AppendTimeline(Samples.Entry("e2", "c1", 2, TimelineKind.NoteAdded, "console", "k1")),
            new AppendTimeline(Samples.Entry("e3", "c1", 3, TimelineKind.OfferSent, "app")),
            new AppendTimeline(Samples.Entry("e4", "c2", 4, TimelineKind.NoteAdded, "console", "k2"))
        );

        Assert.Equal(["e3", "e2", "e1"], await Ids(new TimelineFilter("c1")));
        Assert.Equal(["e4", "e3", "e2", "e1"], await Ids(new TimelineFilter(null)));
        Assert.Equal(["e3", "e1"], await Ids(new TimelineFilter("c1", [TimelineKind.AlarmRaised, TimelineKind.OfferSent])));
        Assert.Equal([], await Ids(new TimelineFilter("c1", [])));
        Assert.Equal(["e2"], await Ids(new TimelineFilter("c1", Channel: "console")));
        Assert.Equal(["e2", "e1"], await Ids(new TimelineFilter(null, CaseId: "k1")));
    }

    [Fact]
    public async Task A_new_entry_does_not_shift_the_pages_that_follow()
    {
        Commit(Enumerable.Range(1, 4).Select(i => new AppendTimeline(Samples.Entry($"e{i}", at: i))));
        Page<TimelineEntry> first = await Store.Timeline.ListAsync(new TimelineFilter("c1"), new PageRequest(null, 2), Cancel);
        Commit(new AppendTimeline(Samples.Entry("e5", at: 5)));

        Page<TimelineEntry> second = await Store.Timeline.ListAsync(new TimelineFilter("c1"), new PageRequest(first.Next, 2), Cancel);

        Assert.Equal(["e2", "e1"], second.Items.Select(entry => entry.Id));
        Assert.Null(second.Next);
    }

    private async Task<IEnumerable<string>> Ids(TimelineFilter filter, int limit = 2) =>
        (await AllPages(page => Store.Timeline.ListAsync(filter, page, Cancel), limit)).Select(entry => entry.Id);
}
