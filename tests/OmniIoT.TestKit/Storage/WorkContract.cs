using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>What is not done, as the router and the clocks of promises ask for it.</summary>
public abstract class WorkContract : StoreContract
{
    [Fact]
    public async Task What_waits_is_found_by_its_queue_the_oldest_first_and_counted()
    {
        Commit(
            new PutCase(Samples.Case("k1", 1, queue: "washers") with { Routing = RoutingState.Enter(Samples.At(20)) }),
            new PutCase(Samples.Case("k2", 2, queue: "washers") with { Routing = RoutingState.Enter(Samples.At(10)) }),
            new PutCase(Samples.Case("k3", 3, queue: "washers", assignee: "ann")),
            new PutCase(Samples.Case("k4", 4, queue: "washers", status: CaseStatus.Pending)),
            new PutCase(Samples.Case("k5", 5, queue: "others") with { Routing = RoutingState.Enter(Samples.At(5)) }),
            new PutCase(Samples.Case("k6", 6, queue: "washers") with { Routing = new RoutingState { ByHand = true } })
        );

        Assert.Equal(["k2", "k1"], await Waiting(new WaitingFilter("washers")));
        Assert.Equal(["k2"], await Waiting(new WaitingFilter("washers"), 1));
        Assert.Equal(
            [new QueueBacklog("others", 1, Samples.At(5)), new QueueBacklog("washers", 2, Samples.At(10))],
            await Store.Work.BacklogsAsync(Cancel)
        );
    }

    [Fact]
    public async Task What_waits_is_found_by_its_channels_and_by_how_long_it_has_waited()
    {
        Commit(
            new PutCase(Samples.Case("k1", 1) with { Routing = RoutingState.Enter(Samples.At(10)) }),
            new PutConversation(Talk("t1", "webchat", 20)),
            new PutConversation(Talk("t2", "mail", 30)),
            new PutConversation(Talk("t3", "wa", 40))
        );
        WaitingFilter all = new("washers");

        Assert.Equal(["t1", "t3"], await Waiting(all with { Channels = new WorkChannels(["wa", "webchat"]) }));
        Assert.Equal(["k1", "t2"], await Waiting(all with { Channels = new WorkChannels(["wa", "webchat"], Others: true) }));
        Assert.Empty(await Waiting(all with { Channels = new WorkChannels([]) }));
        Assert.Equal(["k1", "t1", "t2", "t3"], await Waiting(all with { Channels = new WorkChannels([], Others: true) }));
        Assert.Equal(["k1", "t1"], await Waiting(all with { Since = Samples.At(20) }));
        Assert.Equal(["t1"], await Waiting(all with { Since = Samples.At(20), Channels = new WorkChannels(["webchat", "wa"]) }));
    }

    [Fact]
    public async Task What_is_due_or_offered_is_found_until_it_is_done()
    {
        SlaClock due = SlaClock.None with { ResolutionDueAt = Samples.At(50), Alerts = new SlaAlerts(Resolution: Samples.At(40)) };
        Case offered = Samples.Case("k1", 1, assignee: "ann") with
        {
            Sla = due,
            Routing = new RoutingState { OfferedAt = Samples.At(3) },
        };
        Commit(new PutCase(offered), new PutCase(Samples.Case("k2", 2) with { Sla = SlaClock.None }));

        Assert.Empty(await Store.Work.AlertsDueAsync(Samples.At(39), 10, Cancel));
        Assert.Equal([Work.Of(offered)!.Owner], (await Store.Work.AlertsDueAsync(Samples.At(40), 10, Cancel)).Select(work => work.Owner));
        Assert.Equal([Samples.At(3)], (await Store.Work.OfferedAsync(10, Cancel)).Select(work => work.OfferedAt!.Value));

        Assert.Equal(["k1"], (await Store.Work.OfferedToAsync("ann", 10, Cancel)).Select(work => work.Id));
        Assert.Empty(await Store.Work.OfferedToAsync("ben", 10, Cancel));

        Commit(new PutCase(offered with { Status = CaseStatus.Closed }));

        Assert.Empty(await Store.Work.AlertsDueAsync(Samples.At(1000), 10, Cancel));
        Assert.Empty(await Store.Work.OfferedAsync(10, Cancel));
        Assert.Empty(await Store.Work.OfferedToAsync("ann", 10, Cancel));
    }

    [Fact]
    public async Task Loads_are_those_of_what_is_active_by_channel_and_who_had_to_do_with_a_customer_is_known()
    {
        Commit(
            new PutCase(Samples.Case("k1", 1, customerId: "c1", assignee: "ann")),
            new PutCase(Samples.Case("k2", 2, customerId: "c1", assignee: "ben")),
            new PutCase(Samples.Case("k3", 3, assignee: "ann", status: CaseStatus.Pending)),
            new PutConversation(Samples.Conversation("t1", "c1") with { Assignee = "eve", Status = ConversationStatus.Open })
        );

        IReadOnlyList<AgentLoad> loads = await Store.Work.LoadsAsync(["ann", "ben", "eve", "lea"], Cancel);

        Assert.Equal(
            ["ann  1", "ben  1", $"eve {Samples.Conversation("t1", "c1").Channel} 1"],
            loads.Select(load => $"{load.Agent} {load.Channel} {load.Count}").Order(StringComparer.Ordinal)
        );
        Assert.Equal(["ben"], (await Store.Work.LoadsAsync(["ben"], Cancel)).Select(load => load.Agent));
        Assert.Empty(await Store.Work.LoadsAsync([], Cancel));
        Assert.Equal(["eve", "ben"], await Store.Work.AcquaintedAsync("c1", Cancel));
        Assert.Empty(await Store.Work.AcquaintedAsync("c2", Cancel));
    }

    [Fact]
    public async Task Cases_with_a_broken_promise_come_first_then_those_due_next()
    {
        Commit(
            new PutCase(Samples.Case("k1", 1) with { Sla = SlaClock.None with { ResolutionDueAt = Samples.At(100) } }),
            new PutCase(Samples.Case("k2", 2) with { Sla = SlaClock.None with { ResolutionDueAt = Samples.At(50) } }),
            new PutCase(
                Samples.Case("k3", 3) with
                {
                    Sla = SlaClock.None with { ResolutionDueAt = Samples.At(900), Breached = [SlaTarget.FirstResponse] },
                }
            ),
            new PutCase(Samples.Case("k4", 4) with { Sla = SlaClock.None })
        );

        List<Case> listed = await AllPages(
            page => Store.Cases.ListAsync(new CaseFilter { Unresolved = true }, page, Cancel, CaseOrder.Breached),
            2
        );

        Assert.Equal(["k3", "k2", "k1", "k4"], listed.Select(item => item.Id));
    }

    private async Task<IEnumerable<string>> Waiting(WaitingFilter filter, int limit = 10) =>
        (await Store.Work.WaitingAsync(filter, limit, Cancel)).Select(work => work.Id);

    private static Conversation Talk(string id, string channel, double at) =>
        Samples.Conversation(id, queue: "washers") with
        {
            Channel = channel,
            Routing = RoutingState.Enter(Samples.At(at)),
        };
}
