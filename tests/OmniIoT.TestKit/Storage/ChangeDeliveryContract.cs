using OmniIoT.Devices.Time;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Live;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Changes on their way to other systems.</summary>
public abstract class ChangeDeliveryContract : StoreContract
{
    private const string All = "webhook:all";
    private const string Cases = "webhook:cases";

    [Fact]
    public async Task Each_change_waits_for_each_system_that_wants_it()
    {
        Commit(new ListenToChanges(All, []), new ListenToChanges(Cases, ["case", "note.*", "case.*"]));

        IReadOnlyList<Change> changes = Commit(
            new AppendTimeline(Samples.Entry("e1", customerId: "c1")),
            new PutCase(Samples.Case("k1", 1, "c2", "d1")),
            new PutAlarm(Samples.Alarm("a1"))
        );

        IReadOnlyList<ChangeDelivery> all = await ListAsync(All);
        Assert.Equal(changes.Select(Told).Reverse(), all.Select(Told));
        Assert.Equal(["case", TimelineKind.NoteAdded], (await ListAsync(Cases)).Select(one => one.Kind));
        Assert.All(all, one => Assert.Equal((DeliveryState.Waiting, 0, null), (one.State, one.Attempts, one.TriedAt)));
        Assert.Equal(5, all.Concat(await ListAsync(Cases)).DistinctBy(one => one.Id).Count());
    }

    [Fact]
    public async Task What_was_there_already_and_what_nobody_wants_is_not_sent()
    {
        Commit(new ListenToChanges(All, []), new ListenToChanges(Cases, ["case"]));

        Commit(new AppendTimeline(Samples.Entry("e1")));
        Commit(new AppendTimeline(Samples.Entry("e1")));

        Assert.Single(await ListAsync(All));
        Assert.Empty(await ListAsync(Cases));
    }

    [Fact]
    public async Task What_a_system_wants_is_what_it_said_last()
    {
        Commit(new ListenToChanges(Cases, ["case"]));
        Commit(new ListenToChanges(Cases, ["alarm"]));

        Commit(new PutCase(Samples.Case("k1", 1, "c1", "d1")), new PutAlarm(Samples.Alarm("a1")));

        Assert.Equal(["alarm"], (await ListAsync(Cases)).Select(one => one.Kind));
    }

    [Fact]
    public async Task The_first_of_each_customer_is_due_and_the_next_once_it_has_ended()
    {
        Commit(new ListenToChanges(All, []));
        Commit(
            new AppendTimeline(Samples.Entry("e1", customerId: "c1")),
            new AppendTimeline(Samples.Entry("e2", customerId: "c1")),
            new AppendTimeline(Samples.Entry("e3", customerId: "c2"))
        );
        IReadOnlyList<ChangeDelivery> due = await DueAsync();
        Assert.Equal(["c1", "c2"], due.Select(one => one.CustomerId));
        // What changed is read only for what is sent.
        Assert.All(due, one => Assert.True(one.Json.IsEmpty));
        Assert.False((await Store.ChangeDeliveries.FindAsync(All, due[0].Id, Cancel))!.Json.IsEmpty);

        Commit(new NoteDelivery(due[0].Id, DeliveryState.Waiting, due[0].At, 503, "busy", due[0].At + TimeSpan.FromDays(1)));
        Assert.Equal(["c2"], (await DueAsync(due[1].At)).Select(one => one.CustomerId));
        ChangeDelivery postponed = (await Store.ChangeDeliveries.FindAsync(All, due[0].Id, Cancel))!;
        Assert.Equal((1, 503, "busy"), (postponed.Attempts, postponed.StatusCode, postponed.Error));

        Commit(new NoteDelivery(due[0].Id, DeliveryState.Delivered, due[0].At, 200, null, null));
        Commit(new NoteDelivery(due[0].Id, DeliveryState.Failed, due[0].At, 500, "late", null));
        Assert.Equal([due[0].Sequence + 1, due[1].Sequence], (await DueAsync()).Select(one => one.Sequence));
        ChangeDelivery ended = (await Store.ChangeDeliveries.FindAsync(All, due[0].Id, Cancel))!;
        Assert.Equal((DeliveryState.Delivered, 2, 200, null), (ended.State, ended.Attempts, ended.StatusCode, ended.Error));
    }

    [Fact]
    public async Task Who_waits_behind_another_has_no_time_of_its_own()
    {
        Commit(new ListenToChanges(All, []));
        Commit(new AppendTimeline(Samples.Entry("e1")), new AppendTimeline(Samples.Entry("e2")));
        Commit(new AppendTimeline(Samples.Entry("e3")));

        List<ChangeDelivery> waiting = await ListAsync(All);
        Assert.Equal([false, false, true], waiting.Select(one => one.NextAt is not null));

        Commit(new NoteDelivery(waiting[2].Id, DeliveryState.Failed, waiting[2].At, null, "gone", null));
        Assert.Equal([false, true, false], (await ListAsync(All)).Select(one => one.NextAt is not null));
    }

    [Fact]
    public async Task What_waits_for_a_system_that_is_written_anew_is_tried_at_once()
    {
        Commit(new ListenToChanges(All, []));
        Commit(new AppendTimeline(Samples.Entry("e1")));
        ChangeDelivery one = Assert.Single(await DueAsync());
        Commit(new NoteDelivery(one.Id, DeliveryState.Waiting, one.At, 503, "busy", one.At + TimeSpan.FromHours(1)));
        Assert.Empty(await DueAsync(one.At));

        Commit(new HurryDeliveries(All, one.At));

        Assert.Single(await DueAsync(one.At));
    }

    [Fact]
    public async Task What_is_asked_for_once_more_goes_before_what_came_after_it()
    {
        Commit(new ListenToChanges(All, []));
        Commit(new AppendTimeline(Samples.Entry("e1")), new AppendTimeline(Samples.Entry("e2")));
        ChangeDelivery first = Assert.Single(await DueAsync());
        Commit(new NoteDelivery(first.Id, DeliveryState.Failed, first.At, null, "gone", null));

        Commit(new Redeliver(first.Id, All, first.At + TimeSpan.FromSeconds(5)));

        ChangeDelivery again = Assert.Single(await DueAsync());
        Assert.Equal((first.Id, 0, first.At + TimeSpan.FromSeconds(5)), (again.Id, again.Attempts, again.Since));
    }

    [Fact]
    public async Task It_goes_with_its_system_its_customer_and_in_time()
    {
        Commit(new ListenToChanges(All, []), new ListenToChanges(Cases, ["note.added"]));
        Commit(new PutDocument(DocumentKind.Webhook, "cases", "{}"u8.ToArray()));
        Commit(
            new AppendTimeline(Samples.Entry("e1", customerId: "c1")),
            new AppendTimeline(Samples.Entry("e2", customerId: "c2")),
            new AppendTimeline(Samples.Entry("e3", customerId: "c3"))
        );
        ChangeDelivery ended = (await DueAsync())[1];

        Commit(new DeleteDocument(DocumentKind.Webhook, "cases"));
        Commit(new EraseCustomer("c1"));
        Commit(new NoteDelivery(ended.Id, DeliveryState.Delivered, ended.At, 200, null, null));
        Commit(new DropDeliveries(ended.At + TimeSpan.FromMilliseconds(1)));
        Commit(new AppendTimeline(Samples.Entry("e4", customerId: "c4")));

        Assert.Empty(await ListAsync(Cases));
        Assert.Equal(["c4", "c3"], (await ListAsync(All)).Select(one => one.CustomerId));
    }

    private static (long Sequence, string Kind, string? CustomerId, string? DeviceId, string Json) Told(Change change) =>
        (change.Sequence, change.Kind, change.CustomerId, change.DeviceId, Convert.ToHexString(change.Json.Span));

    private static (long Sequence, string Kind, string? CustomerId, string? DeviceId, string Json) Told(ChangeDelivery delivery) =>
        (delivery.Sequence, delivery.Kind, delivery.CustomerId, delivery.DeviceId, Convert.ToHexString(delivery.Json.Span));

    /// <param name="now">Null: when all that waits is due.</param>
    private ValueTask<IReadOnlyList<ChangeDelivery>> DueAsync(Instant? now = null) =>
        Store.ChangeDeliveries.DueAsync(All, now ?? new Instant(long.MaxValue / 1_000_000), 10, Cancel);

    private Task<List<ChangeDelivery>> ListAsync(string system) =>
        AllPages(page => Store.ChangeDeliveries.ListAsync(system, page, Cancel), 2);
}
