using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>One commit: all or nothing, stale units left out whole.</summary>
public abstract class CommitContract : StoreContract
{
    [Fact]
    public async Task Units_of_one_commit_are_all_written()
    {
        CommitUnit[] units = [UnitOf(new PutDevice(Samples.Device("d1"))), UnitOf(new PutDevice(Samples.Device("d2")))];

        Store.Commits.Commit(units);

        Assert.All(units, unit => Assert.Equal(CommitOutcome.Committed, unit.Outcome));
        Assert.NotNull(await Store.Devices.FindAsync("d1", Cancel));
        Assert.NotNull(await Store.Devices.FindAsync("d2", Cancel));
    }

    [Fact]
    public async Task Effects_of_a_unit_are_applied_in_order()
    {
        Commit(new PutDevice(Samples.Device("d1", name: "first")), new PutDevice(Samples.Device("d1", name: "second")));

        DeviceRegistration? device = await Store.Devices.FindAsync("d1", Cancel);

        Assert.Equal("second", device!.Name);
    }

    [Fact]
    public async Task A_unit_with_a_stale_version_is_left_out_whole_and_the_others_are_written()
    {
        Commit(new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray()));
        CommitUnit stale = UnitOf(
            new PutDevice(Samples.Device("before")),
            new PutDocument(DocumentKind.Site, "s1", """{"a":1}"""u8.ToArray(), ExpectedVersion: 7),
            new PutDevice(Samples.Device("after"))
        );
        CommitUnit good = UnitOf(new PutDevice(Samples.Device("good")));

        Store.Commits.Commit([stale, good]);

        Assert.Equal(CommitOutcome.Conflict, stale.Outcome);
        Assert.Equal(CommitOutcome.Committed, good.Outcome);
        Assert.Null(await Store.Devices.FindAsync("before", Cancel));
        Assert.Null(await Store.Devices.FindAsync("after", Cancel));
        Assert.NotNull(await Store.Devices.FindAsync("good", Cancel));
        Assert.Equal(1, (await Store.Documents.FindAsync(DocumentKind.Site, "s1", Cancel))!.Version);
    }

    [Fact]
    public void Of_two_units_that_expect_the_same_version_the_first_wins()
    {
        Commit(new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray()));
        CommitUnit first = UnitOf(new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), ExpectedVersion: 1));
        CommitUnit second = UnitOf(new DeleteDocument(DocumentKind.Site, "s1", ExpectedVersion: 1));

        Store.Commits.Commit([first, second]);

        Assert.Equal(CommitOutcome.Committed, first.Outcome);
        Assert.Equal(CommitOutcome.Conflict, second.Outcome);
    }

    [Fact]
    public async Task A_commit_with_an_unknown_effect_writes_nothing_and_the_next_one_works()
    {
        CommitUnit wrong = UnitOf(new PutDevice(Samples.Device("d1")), new UnknownEffect());

        Assert.Throws<NotSupportedException>(() => Store.Commits.Commit([wrong]));

        Assert.Equal(CommitOutcome.Pending, wrong.Outcome);
        Assert.Null(await Store.Devices.FindAsync("d1", Cancel));
        Commit(new PutDevice(Samples.Device("d2")));
        Assert.NotNull(await Store.Devices.FindAsync("d2", Cancel));
    }

    [Fact]
    public async Task What_was_committed_outlives_a_restart()
    {
        Commit(new PutDevice(Samples.Device("d1")));

        Store.Reopen();

        Assert.NotNull(await Store.Devices.FindAsync("d1", Cancel));
    }

    [Fact]
    public void Storage_that_can_be_written_has_no_complaint() => Assert.Null(Store.Commits.Probe());

    [Fact]
    public void Sequences_start_at_one_and_rise_by_what_is_taken()
    {
        Assert.Equal(1, Store.Sequences.Take("cases", 1));
        Assert.Equal(2, Store.Sequences.Take("cases", 3));
        Assert.Equal(5, Store.Sequences.Take("cases", 1));
        Assert.Equal(1, Store.Sequences.Take("others", 1));
    }

    [Fact]
    public void Sequences_go_on_after_a_restart()
    {
        Store.Sequences.Take("cases", 4);

        Store.Reopen();

        Assert.Equal(5, Store.Sequences.Take("cases", 1));
    }

    [Fact]
    public async Task Numbers_taken_at_the_same_time_as_commits_are_all_different()
    {
        const int takers = 4,
            each = 50;

        Task<List<long>>[] taking =
        [
            .. Enumerable
                .Range(0, takers)
                .Select(_ => Task.Run(() => Enumerable.Range(0, each).Select(_ => Store.Sequences.Take("cases", 1)).ToList(), Cancel)),
        ];
        for (int i = 0; i < each; i++)
            Commit(new PutDevice(Samples.Device($"d{i}")));
        List<long>[] taken = await Task.WhenAll(taking);

        Assert.Equal(Enumerable.Range(1, takers * each).Select(number => (long)number), taken.SelectMany(numbers => numbers).Order());
    }

    private sealed record UnknownEffect : Effect;
}
