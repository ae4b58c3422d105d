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

    private static PutCase CaseOf(int number, Instant since) =>
        new(Samples.Case($"k{number}", number) with { Routing = RoutingState.Enter(since) });

    private static PutConversation TalkOf(string id, Instant since) =>
        new(Samples.Conversation(id, queue: "washers") with { Routing = RoutingState.Enter(since) });
}
