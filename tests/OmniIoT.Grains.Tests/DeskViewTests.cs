using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Routing;
using OmniIoT.Ports.Commit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Grains.Tests;

/// <summary>What the router is shown of long queues.</summary>
public sealed class DeskViewTests
{
    private static readonly Queue Washers = new("washers", "Washers", []);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Any_number_of_cases_that_nobody_has_room_for_hides_no_chat()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        Instant now = harness.Now;
        await CommitAsync(
            harness,
            [
                .. Enumerable.Range(1, 1_500).Select(i => CaseOf(i, now - TimeSpan.FromSeconds(4_000 - i))),
                TalkOf("t1", now),
                TalkOf("t2", now),
            ]
        );
        AgentOnDuty agent = new("ann", IsAvailable: true, IsThere: true, now) { Queues = ["washers"], Load = new AgentCapacity(0, 1, 10) };

        Assert.Equal(["t1", "t2"], (await SeenAsync(harness, Washers, agent)).Order(StringComparer.Ordinal));
        Assert.Empty(await SeenAsync(harness, Washers, agent with { IsAvailable = false }));
        Assert.Contains("k1", await SeenAsync(harness, Washers, agent with { Load = new AgentCapacity(3, 1, 9) }));
    }

    [Fact]
    public async Task What_may_go_to_another_queue_is_seen_whoever_has_room()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        Instant now = harness.Now;
        await CommitAsync(
            harness,
            [CaseOf(1, now - TimeSpan.FromSeconds(60)), CaseOf(2, now - TimeSpan.FromSeconds(59)), TalkOf("t1", now)]
        );

        Assert.Equal(["k1"], await SeenAsync(harness, Washers with { Overflow = new QueueOverflow(60, "others") }));
    }

    [Fact]
    public async Task What_is_of_none_of_an_agents_sites_is_hidden_from_them()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        Instant now = harness.Now;
        await CommitAsync(
            harness,
            [
                new PutDevice(Samples.Device("d1", customerId: "c1", siteId: "mall")),
                new PutDevice(Samples.Device("d2", customerId: "c2", siteId: "port")),
                CaseOf(1, now, "d1"),
                CaseOf(2, now, "d2"),
                TalkOf("t1", now),
                TalkOf("t2", now, "c2"),
            ]
        );
        AgentOnDuty everywhere = new("bea", IsAvailable: true, IsThere: true, now) { Queues = ["washers"] };
        AgentOnDuty atTheMall = everywhere with { Id = "ann", Sites = ["mall"] };
        Dictionary<string, Queue> queues = new(StringComparer.Ordinal) { [Washers.Id] = Washers };

        IReadOnlyList<WaitingWork> waiting = await harness.Get<DeskView>().WaitingAsync(queues, [everywhere, atTheMall], Cancel);

        Assert.Equal(
            [("k1", ""), ("k2", "ann"), ("t1", ""), ("t2", "ann")],
            waiting.Select(item => (item.Work.Id, string.Join(' ', item.HiddenFrom))).Order()
        );
    }

    private static async Task<IEnumerable<string>> SeenAsync(GrainsHarness harness, Queue queue, params AgentOnDuty[] agents)
    {
        Dictionary<string, Queue> queues = new(StringComparer.Ordinal) { [queue.Id] = queue };
        return (await harness.Get<DeskView>().WaitingAsync(queues, agents, Cancel)).Select(item => item.Work.Id);
    }

    private static async Task CommitAsync(GrainsHarness harness, IEnumerable<Effect> effects)
    {
        CommitUnit unit = new();
        unit.Effects.AddRange(effects);
        await harness.Get<ICommitter>().CommitAsync(unit);
    }

    private static PutCase CaseOf(int number, Instant since, string? device = null) =>
        new(Samples.Case($"k{number}", number, deviceId: device) with { Routing = RoutingState.Enter(since) });

    private static PutConversation TalkOf(string id, Instant since, string customer = "c1") =>
        new(Samples.Conversation(id, customer, queue: "washers") with { Routing = RoutingState.Enter(since) });
}
