using System.Collections.Concurrent;
using System.Globalization;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Systems;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests.Delivery;

/// <summary>Changes reach other systems at least once and in order for each customer, whatever these answer.</summary>
public sealed class ChangeSenderTests
{
    private const string Good = "webhook:good";
    private const string Bad = "webhook:bad";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Changes_of_a_customer_come_in_their_order_whatever_fails_and_whoever_else_is_down(int seed)
    {
        Random random = new(seed);
        await using CommitBench bench = new();
        await bench.CommitAsync(new ListenToChanges(Good, []), new ListenToChanges(Bad, []));
        Systems systems = new((delivery, _) => delivery.System == Bad || random.Next(4) == 0 ? Failed(500) : Taken);
        ChangeSender sender = await StartAsync(bench, systems);
        List<string> expected = [];
        for (int i = 0; i < 40; i++)
        {
            string id = i.ToString("D2", CultureInfo.InvariantCulture);
            expected.Add(id);
            await bench.CommitAsync(new AppendTimeline(Samples.Entry(id, customerId: "c" + i % 3)));
            if (random.Next(10) == 0)
            {
                await CommitBench.StopAsync(sender);
                sender = await StartAsync(bench, systems);
            }
        }

        await bench.PassUntil(
            async () => (await AllAsync(bench, Good)).All(one => one.State == DeliveryState.Delivered) ? "all" : null,
            $"all changes at the system that works, seed {seed}"
        );

        await CommitBench.StopAsync(sender);
        ChangeDelivery[] taken = [.. systems.Of(Good).Where(one => one.Outcome.Error is null).Select(one => one.Delivery)];
        foreach (IGrouping<string?, ChangeDelivery> customer in taken.GroupBy(one => one.CustomerId))
            Assert.Equal(customer.Select(one => one.Sequence).Order(), customer.Select(one => one.Sequence));
        Assert.Equal(expected.Count, taken.DistinctBy(one => one.Id).Count());
        Assert.All(await AllAsync(bench, Bad), one => Assert.Equal(DeliveryState.Waiting, one.State));
        // Only the first of each customer was tried.
        Assert.InRange(systems.Of(Bad).DistinctBy(one => one.Delivery.Id).Count(), 1, 3);
    }

    [Fact]
    public async Task What_is_not_taken_for_a_day_is_a_dead_letter_and_the_next_moves_up()
    {
        await using CommitBench bench = new();
        await bench.CommitAsync(new ListenToChanges(Good, []));
        await bench.CommitAsync(new AppendTimeline(Samples.Entry("e1")));
        await bench.CommitAsync(new AppendTimeline(Samples.Entry("e2")));
        ChangeDelivery first = (await AllAsync(bench, Good))[^1];
        Systems systems = new((delivery, _) => delivery.Id == first.Id ? Failed(410) : Taken);
        ChangeSender sender = await StartAsync(bench, systems);

        await bench.PassUntil(
            async () => (await AllAsync(bench, Good))[0].State == DeliveryState.Delivered ? "it" : null,
            "the second change at its system",
            TimeSpan.FromMinutes(10)
        );

        await CommitBench.StopAsync(sender);
        ChangeDelivery given = (await AllAsync(bench, Good))[^1];
        Assert.Equal((DeliveryState.Failed, 410, null), (given.State, given.StatusCode, given.NextAt));
        Assert.Equal(systems.Of(Good).Count(one => one.Delivery.Id == first.Id), given.Attempts);
        Assert.True(given.TriedAt - given.Since >= ChangeSender.Patience);
        DeadLetter letter = Assert.Single((await bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items);
        Assert.Equal((DeadLetterReason.Undeliverable, "customer:c1"), (letter.Reason, letter.Principal));
    }

    [Fact]
    public async Task A_system_that_asks_for_it_is_left_alone_for_so_long()
    {
        await using CommitBench bench = new();
        await bench.CommitAsync(new ListenToChanges(Good, []));
        await bench.CommitAsync(
            new AppendTimeline(Samples.Entry("e1", customerId: "c1")),
            new AppendTimeline(Samples.Entry("e2", customerId: "c2"))
        );
        TimeSpan pause = TimeSpan.FromMinutes(7);
        Systems systems = new((_, before) => before == 0 ? new DeliveryOutcome(429, "429", pause) : Taken);
        Instant begun = Instant.FromTime(bench.Time.GetUtcNow());
        ChangeSender sender = await StartAsync(bench, systems);

        await bench.PassUntil(
            async () => (await AllAsync(bench, Good)).All(one => one.State == DeliveryState.Delivered) ? "all" : null,
            "all changes at their system"
        );

        await CommitBench.StopAsync(sender);
        Assert.All(await AllAsync(bench, Good), one => Assert.True(one.Attempts == 1 || one.TriedAt - begun >= pause));
        Assert.Contains(await AllAsync(bench, Good), one => one.Attempts == 2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_system_that_wants_to_be_left_alone_is_sent_what_people_ask_for_and_all_once_it_lies_elsewhere(bool isMoved)
    {
        await using CommitBench bench = new();
        await bench.CommitAsync(new ListenToChanges(Good, []));
        await bench.CommitAsync(new AppendTimeline(Samples.Entry("e1")));
        Systems systems = new((_, before) => before == 0 ? new DeliveryOutcome(429, "429", TimeSpan.FromHours(20)) : Taken);
        ChangeSender sender = await StartAsync(bench, systems);
        ChangeDelivery waiting = await bench.PassUntil(
            async () => (await AllAsync(bench, Good)).FirstOrDefault(one => one.Attempts == 1),
            "change that was refused"
        );
        Instant now = Instant.FromTime(bench.Time.GetUtcNow());

        if (isMoved)
        {
            systems.Address = "https://two.example";
            await bench.CommitAsync(new AppendTimeline(Samples.Entry("e2", customerId: "c2")));
        }
        else
            await bench.CommitAsync(new Redeliver(waiting.Id, Good, now));
        await bench.PassUntil(() => Task.FromResult(systems.Of(Good).Count == 2 ? "it" : null), "change at its system");

        await CommitBench.StopAsync(sender);
        Assert.True(Instant.FromTime(bench.Time.GetUtcNow()) - now < TimeSpan.FromHours(20));
    }

    [Fact]
    public async Task What_would_never_be_taken_is_a_dead_letter_at_once()
    {
        await using CommitBench bench = new();
        await bench.CommitAsync(new ListenToChanges(Good, []));
        await bench.CommitAsync(new AppendTimeline(Samples.Entry("e1")));
        await bench.CommitAsync(new AppendTimeline(Samples.Entry("e2")));
        Systems systems = new((_, before) => before == 0 ? Failed(422) with { IsFinal = true } : Taken);
        ChangeSender sender = await StartAsync(bench, systems);

        await bench.PassUntil(
            async () => (await AllAsync(bench, Good))[0].State == DeliveryState.Delivered ? "it" : null,
            "the second change at its system"
        );

        await CommitBench.StopAsync(sender);
        ChangeDelivery given = (await AllAsync(bench, Good))[^1];
        Assert.Equal((DeliveryState.Failed, 1, 422), (given.State, given.Attempts, given.StatusCode));
        Assert.Single((await bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items);
    }

    [Fact]
    public async Task What_is_sent_once_more_bears_the_id_that_it_had()
    {
        await using CommitBench bench = new();
        await bench.CommitAsync(new ListenToChanges(Good, []));
        await bench.CommitAsync(new AppendTimeline(Samples.Entry("e1")));
        Systems systems = new((_, _) => Taken);
        ChangeSender sender = await StartAsync(bench, systems);
        ChangeDelivery sent = await bench.PassUntil(
            async () => (await AllAsync(bench, Good)).FirstOrDefault(one => one.State == DeliveryState.Delivered),
            "change at its system"
        );

        await bench.CommitAsync(new Redeliver(sent.Id, Good, Instant.FromTime(bench.Time.GetUtcNow())));
        await bench.PassUntil(() => Task.FromResult(systems.Of(Good).Count == 2 ? "twice" : null), "change at its system again");

        await CommitBench.StopAsync(sender);
        Assert.All(systems.Of(Good), one => Assert.Equal(sent.Id, one.Delivery.Id));
    }

    private static DeliveryOutcome Taken => new(200, null, null);

    private static DeliveryOutcome Failed(int status) => new(status, "no", null);

    private static async Task<IReadOnlyList<ChangeDelivery>> AllAsync(CommitBench bench, string system) =>
        (await bench.Store.ChangeDeliveries.ListAsync(system, new PageRequest(Limit: 100), CancellationToken.None)).Items;

    private static async Task<ChangeSender> StartAsync(CommitBench bench, Systems systems)
    {
        ChangeSender sender = new(bench.Store.ChangeDeliveries, [systems], bench.Deliveries);
        await sender.StartAsync(CancellationToken.None);
        return sender;
    }

    /// <param name="answer">What is answered to a delivery, and how many came to its system before.</param>
    private sealed class Systems(Func<ChangeDelivery, int, DeliveryOutcome> answer) : IChangeReceiver
    {
        private readonly Lock _lock = new();
        private readonly ConcurrentQueue<(ChangeDelivery Delivery, DeliveryOutcome Outcome)> _calls = [];

        public string Address { get; set; } = "https://one.example";

        IReadOnlyList<ToldSystem> IChangeReceiver.Systems => [new(Bad, Address), new(Good, Address)];

        public IReadOnlyList<(ChangeDelivery Delivery, DeliveryOutcome Outcome)> Of(string system) =>
            [.. _calls.Where(call => call.Delivery.System == system)];

        public ValueTask<DeliveryOutcome> DeliverAsync(ChangeDelivery delivery, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                DeliveryOutcome outcome = answer(delivery, Of(delivery.System).Count);
                _calls.Enqueue((delivery, outcome));
                return ValueTask.FromResult(outcome);
            }
        }
    }
}
