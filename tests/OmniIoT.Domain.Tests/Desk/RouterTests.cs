using OmniIoT.Devices.Time;
using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Domain.Tests.Desk;

public sealed class RouterTests
{
    private static readonly Instant Now = new(1_764_500_000_000);

    private static readonly Dictionary<string, Queue> Queues = new()
    {
        ["washers"] = new("washers", "Washers", ["washers"], Overflow: new QueueOverflow(60, "all")),
        ["all"] = new("all", "All", [], Overflow: new QueueOverflow(60, "washers")),
    };

    [Fact]
    public void A_thousand_conversations_go_to_fifty_agents_each_to_one_and_none_beyond_capacity()
    {
        Random random = new(11);
        for (int round = 0; round < 20; round++)
        {
            AgentOnDuty[] agents = [.. Enumerable.Range(0, 50).Select(i => AnyAgent(random, i))];
            WaitingWork[] waiting = [.. Enumerable.Range(0, 1000).Select(i => AnyWork(random, i))];

            IReadOnlyList<RoutedWork> moves = Router.Decide(waiting, agents, Queues, Now);

            Assert.Equal(moves.Count, moves.Select(move => move.Work.Id).Distinct().Count());
            foreach (AgentOnDuty agent in agents)
                Check(agent, moves, waiting);
            CheckNobodyWaitsInVain(agents, waiting, moves);
        }
    }

    [Fact]
    public void The_least_loaded_gets_it_and_of_equals_the_one_who_was_idle_longest()
    {
        AgentOnDuty busy = Agent("ann", since: -100) with { Load = new AgentCapacity(2, 0, 0) };
        AgentOnDuty recent = Agent("ben", since: -100) with { LastAssignedAt = Now };
        AgentOnDuty idle = Agent("eve", since: -50);

        Assert.Equal("eve", ChosenOf(Waiting("k1"), busy, recent, idle));
        Assert.Equal("ben", ChosenOf(Waiting("k1"), busy, recent));
    }

    [Fact]
    public void Who_knows_the_customer_comes_first_then_who_speaks_their_language()
    {
        AgentOnDuty knows = Agent("ann") with { Load = new AgentCapacity(2, 0, 0) };
        AgentOnDuty speaks = Agent("ben") with { Load = new AgentCapacity(1, 0, 0), Languages = ["az"] };
        AgentOnDuty idle = Agent("eve");
        WaitingWork item = Waiting("k1") with { Locale = "az-AZ", Acquainted = ["ann"] };

        Assert.Equal("ann", ChosenOf(item, knows, speaks, idle));
        Assert.Equal("ben", ChosenOf(item, knows with { Load = new AgentCapacity(3, 0, 0) }, speaks, idle));
    }

    [Fact]
    public void Nobody_without_the_skills_the_queue_or_room_gets_it()
    {
        Assert.Null(ChosenOf(Waiting("k1"), Agent("ann") with { Skills = [] }));
        Assert.Null(ChosenOf(Waiting("k1"), Agent("ann") with { Queues = ["all"] }));
        Assert.Null(ChosenOf(Waiting("k1"), Agent("ann") with { Load = new AgentCapacity(3, 0, 0) }));
        Assert.Null(ChosenOf(Waiting("k1"), Agent("ann") with { IsAvailable = false }));
        Assert.Equal("ann", ChosenOf(Waiting("k1"), Agent("ann") with { Load = new AgentCapacity(0, 1, 10) }));
    }

    [Fact]
    public void What_is_not_answered_in_time_or_whose_agent_left_is_taken_back_and_not_offered_there_again()
    {
        Work late = Waiting("k1").Work with { Assignee = "ann", OfferedAt = Now - TimeSpan.FromSeconds(90) };
        Work fresh = Waiting("k2").Work with { Assignee = "ann", OfferedAt = Now - TimeSpan.FromSeconds(89) };
        Work left = fresh with { Id = "k3", Assignee = "gone" };

        IReadOnlyList<RoutedWork> taken = Router.TakeBack([late, fresh, left], [Agent("ann")], TimeSpan.FromSeconds(90), Now);

        Assert.Equal(["k1", "k3"], taken.Select(move => move.Work.Id));
        WaitingWork again = Waiting("k1");
        again = again with { Work = again.Work with { Routing = again.Work.Routing.PassOver("ann", Now) } };
        Assert.Null(ChosenOf(again, Agent("ann", since: -1)));
        Assert.Equal("ben", ChosenOf(again, Agent("ann", since: -1), Agent("ben") with { Load = new AgentCapacity(2, 0, 0) }));
        Assert.Equal("ann", ChosenOf(again, Agent("ann", since: 1)));
    }

    [Theory]
    [InlineData(599, null)]
    [InlineData(600, "ann")]
    public void Who_gave_no_answer_is_asked_again_after_ten_minutes(double secondsAgo, string? chosen)
    {
        WaitingWork again = Waiting("k1");
        again = again with
        {
            Work = again.Work with { Routing = again.Work.Routing.PassOver("ann", Now - TimeSpan.FromSeconds(secondsAgo)) },
        };

        Assert.Equal(chosen, ChosenOf(again, Agent("ann", since: -1000)));
    }

    [Fact]
    public void What_nobody_takes_in_time_goes_to_the_other_queue_and_never_back()
    {
        WaitingWork waited = Waiting("k1", since: -60),
            fresh = Waiting("k2", since: -59);
        Work returned = waited.Work with { Queue = "all", Routing = waited.Work.Routing.Overflow("washers", Now - TimeSpan.FromHours(1)) };

        RoutedWork move = Assert.Single(Router.Decide([waited, fresh, waited with { Work = returned }], [], Queues, Now));

        Assert.Equal(("k1", new RoutingMove(RoutingStep.Overflow, "all")), (move.Work.Id, move.Move));
    }

    private static void Check(AgentOnDuty agent, IReadOnlyList<RoutedWork> moves, WaitingWork[] waiting)
    {
        WaitingWork[] got =
        [
            .. moves.Where(move => move.Move.To == agent.Id).Select(move => waiting.Single(item => item.Work == move.Work)),
        ];
        foreach (WorkClass what in Enum.GetValues<WorkClass>())
            Assert.True(agent.Load[what] + got.Count(item => item.Class == what) <= Math.Max(agent.Load[what], agent.Capacity[what]));
        Assert.All(got, item => Assert.True(agent.IsAvailable && agent.CanServe(Queues[item.Work.Queue])));
    }

    private static void CheckNobodyWaitsInVain(AgentOnDuty[] agents, WaitingWork[] waiting, IReadOnlyList<RoutedWork> moves)
    {
        HashSet<string> assigned = [.. moves.Where(move => move.Move.Step is RoutingStep.Assign).Select(move => move.Work.Id)];
        foreach (WaitingWork item in waiting.Where(item => !assigned.Contains(item.Work.Id)))
        {
            Assert.DoesNotContain(
                agents,
                agent =>
                    agent.IsAvailable
                    && agent.CanServe(Queues[item.Work.Queue])
                    && agent.Load[item.Class] + Given(agent, item.Class) < agent.Capacity[item.Class]
            );
        }

        int Given(AgentOnDuty agent, WorkClass what) =>
            moves.Count(move => move.Move.To == agent.Id && waiting.Single(item => item.Work.Id == move.Work.Id).Class == what);
    }

    private static string? ChosenOf(WaitingWork item, params AgentOnDuty[] agents) =>
        Router.Decide([item], agents, Queues, Now) is [{ Move: { Step: RoutingStep.Assign, To: var agent } }] ? agent : null;

    private static AgentOnDuty AnyAgent(Random random, int i) =>
        Agent($"agent-{i}", since: -random.Next(1000)) with
        {
            IsAvailable = random.Next(5) > 0,
            Queues = random.Next(3) > 0 ? ["washers", "all"] : ["all"],
            Skills = random.Next(3) > 0 ? ["washers"] : [],
            Capacity = new AgentCapacity(random.Next(6), random.Next(2), random.Next(12)),
            Load = new AgentCapacity(random.Next(4), random.Next(2), random.Next(4)),
        };

    [Fact]
    public void Nobody_gets_what_is_hidden_from_them()
    {
        WaitingWork item = Waiting("k1") with { HiddenFrom = ["ann"] };

        Assert.Null(ChosenOf(item, Agent("ann")));
        Assert.Equal("ben", ChosenOf(item with { Acquainted = ["ann"] }, Agent("ann"), Agent("ben")));
    }

    private static WaitingWork AnyWork(Random random, int i)
    {
        WaitingWork item = Waiting($"k{i}", since: -random.Next(50));
        return item with
        {
            Work = item.Work with { Queue = random.Next(2) == 0 ? "washers" : "all" },
            Class = (WorkClass)random.Next(3),
            Acquainted = random.Next(4) == 0 ? [$"agent-{random.Next(50)}"] : [],
        };
    }

    private static AgentOnDuty Agent(string id, double since = -1000) =>
        new(id, IsAvailable: true, IsThere: true, Now + TimeSpan.FromSeconds(since)) { Queues = ["washers", "all"], Skills = ["washers"] };

    private static WaitingWork Waiting(string id, double since = -1)
    {
        Instant at = Now + TimeSpan.FromSeconds(since);
        return new WaitingWork(
            new Work
            {
                Kind = WorkKind.Conversation,
                Id = id,
                Owner = "customer:c1",
                CustomerId = "c1",
                Queue = "washers",
                Channel = "webchat",
                Assignee = null,
                Version = 1,
                IsActive = true,
                WaitingSince = at,
                OfferedAt = null,
                AlertAt = null,
                Routing = RoutingState.Enter(at),
            },
            WorkClass.Chat,
            null,
            []
        );
    }
}
