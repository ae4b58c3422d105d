using System.Text.Json.Nodes;
using OmniIoT.Domain;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using Xunit;

namespace OmniIoT.TestKit.Storage;

public abstract class ChangeLogContract : StoreContract
{
    [Fact]
    public async Task Everything_watchable_is_logged_in_order_with_what_the_commit_returned()
    {
        IReadOnlyList<Change> returned = Commit(
            new AppendTimeline(Samples.Entry("e1", deviceId: "d1")),
            new PutCase(Samples.Case("k1", 1, "c1", "d1")),
            new PutAlarm(Samples.Alarm("a1", customerId: "c1")),
            new PutVisit(Samples.Visit("v1")),
            new PutOffer(Samples.Offer("o1")),
            new AppendDecision("c1", Samples.Decision("x1", OfferReason.Sent)),
            new PutConversation(Samples.Conversation("t1")),
            new AppendMessage(Samples.Message("m1"), "c1")
        );

        IReadOnlyList<Change> logged = await Store.Changes.AfterAsync(0, 100, Cancel);

        Assert.Equal(
            [TimelineKind.NoteAdded, "case", "alarm", "visit", "offer", "decision", "conversation", "message"],
            logged.Select(change => change.Kind)
        );
        Assert.All(logged, change => Assert.Equal("c1", change.CustomerId));
        Assert.All(logged, change => Assert.Equal("c1", JsonNode.Parse(change.Json.Span)!["customerId"]!.GetValue<string>()));
        Assert.Equal(["d1", "d1", "press-7", null, null, null, "washer-1", null], logged.Select(change => change.DeviceId));
        Assert.Equal(returned.Select(Text), logged.Select(Text));
        Assert.Equal(logged[^1].Sequence, await Store.Changes.LastAsync(Cancel));
    }

    [Fact]
    public void How_work_is_routed_and_its_clock_is_reckoned_is_stored_and_not_logged()
    {
        IReadOnlyList<Change> changes = Commit(
            new PutCase(Samples.Case("k1", 1, "c1", "d1")),
            new PutConversation(Samples.Conversation("t1"))
        );

        Assert.All(
            changes,
            change =>
            {
                JsonObject json = JsonNode.Parse(change.Json.Span)!.AsObject();
                Assert.False(json.ContainsKey("routing"));
                Assert.False(json["sla"]!.AsObject().ContainsKey("alerts"));
            }
        );
    }

    [Fact]
    public async Task What_nobody_watches_is_not_logged()
    {
        IReadOnlyList<Change> changes = Commit(
            new PutDevice(Samples.Device("d1")),
            new SaveGrain(EntityId.Device("d1"), new byte[1], null, null, 0),
            new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray()),
            new AppendDeadLetter(Samples.DeadLetter("x1"))
        );

        Assert.Empty(changes);
        Assert.Equal(0, await Store.Changes.LastAsync(Cancel));
    }

    [Fact]
    public void What_was_there_already_is_not_logged_again()
    {
        Effect[] effects =
        [
            new AppendTimeline(Samples.Entry("e1")),
            new AppendDecision("c1", Samples.Decision("x1", OfferReason.Cap)),
            new AppendMessage(Samples.Message("m1"), "c1"),
        ];
        Commit(effects);

        Assert.Empty(Commit(effects));
    }

    [Fact]
    public void A_unit_left_out_logs_nothing()
    {
        CommitUnit stale = UnitOf(
            new AppendTimeline(Samples.Entry("e1")),
            new PutDocument(DocumentKind.Site, "s1", "{}"u8.ToArray(), ExpectedVersion: 3)
        );

        Assert.Empty(Store.Commits.Commit([stale]));
    }

    [Fact]
    public async Task A_watcher_resumes_after_what_it_saw_also_after_a_restart()
    {
        IReadOnlyList<Change> first = Commit(Enumerable.Range(1, 3).Select(i => new AppendTimeline(Samples.Entry($"e{i}"))));
        Store.Reopen();
        IReadOnlyList<Change> second = Commit(new AppendTimeline(Samples.Entry("e4")));

        Assert.Equal(
            [first[1].Sequence, first[2].Sequence],
            (await Store.Changes.AfterAsync(first[0].Sequence, 2, Cancel)).Select(change => change.Sequence)
        );
        Assert.True(second[0].Sequence > first[2].Sequence);
    }

    [Fact]
    public async Task Old_changes_go_and_the_newest_stay()
    {
        for (int i = 0; i < 3 * KeptChanges; i += 100)
            Commit(Enumerable.Range(i, 100).Select(j => new AppendTimeline(Samples.Entry($"e{j:D5}"))));

        long last = await Store.Changes.LastAsync(Cancel);
        IReadOnlyList<Change> kept = await Store.Changes.AfterAsync(0, 10 * KeptChanges, Cancel);

        Assert.InRange(kept.Count, KeptChanges, 2 * KeptChanges);
        Assert.Equal(last, kept[^1].Sequence);
        Assert.Equal(kept.Count - 1, last - kept[0].Sequence);
    }

    private static string Text(Change change) =>
        $"{change.Sequence} {change.At} {change.Kind} {change.CustomerId} {change.DeviceId} {System.Text.Encoding.UTF8.GetString(change.Json.Span)}";
}
