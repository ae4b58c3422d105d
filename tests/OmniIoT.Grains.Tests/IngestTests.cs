using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

public sealed class IngestTests
{
    [Fact]
    public async Task What_was_acknowledged_stands_in_storage_with_alarm_case_and_timeline()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");

        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"seq":1,"values":{"temperature":85}}"""));

        TwinView twin = (await harness.Get<ITwinQueries>().FindAsync("w1", CancellationToken.None))!;
        Assert.Equal((Health.Critical, 85), (twin.Health, (double)twin.Values["temperature"].Value!));
        Page<Case> cases = await harness
            .Get<ICaseQueries>()
            .ListAsync(new CaseFilter { DeviceId = "w1" }, new PageRequest(), CancellationToken.None);
        Assert.Equal((1, "w1 runs hot"), (Assert.Single(cases.Items).Number, cases.Items[0].Title));
        Assert.Equal(
            [TimelineKind.CaseOpened, TimelineKind.AlarmRaised, TimelineKind.DeviceLinked, TimelineKind.ConsentChanged],
            (await harness.TimelineAsync("ann")).Select(entry => entry.Kind)
        );
    }

    [Fact]
    public async Task What_a_device_says_is_taken_though_the_change_of_its_model_has_not_come_here_yet()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        CommitUnit elsewhere = new();
        elsewhere.Effects.Add(
            new PutDocument(
                DocumentKind.Model,
                "dryer",
                """{ "id": "dryer", "name": "Dryer", "metrics": { "humidity": { "unit": "%" } } }"""u8.ToArray()
            )
        );
        await harness.Get<ICommitter>().CommitAsync(elsewhere);
        await harness.AskAsync(grains => grains.Device("d1").RegisterAsync(new RegisterDevice("dryer", null, null, "d1")));

        await harness.SendAsync(EntityId.Device("d1"), ("telemetry", """{"humidity":41}"""));

        TwinView twin = (await harness.Get<ITwinQueries>().FindAsync("d1", CancellationToken.None))!;
        Assert.Equal(41, (double)twin.Values["humidity"].Value!);
    }

    [Theory]
    [InlineData("another process", 2)]
    [InlineData(null, 0)]
    public async Task Who_brings_messages_of_another_process_is_told_to_slow_down(string? process, int seconds)
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.RegisterAsync("w1");
        harness.Publisher.Pause = TimeSpan.FromSeconds(1); // For each message.
        ParcelMessage message = new("devices/w1/telemetry"u8.ToArray(), """{"values":{"temperature":20}}"""u8.ToArray(), 1, 1, null);

        ParcelReceipt receipt = await Awaited.Within(
            harness
                .Grains.Of(EntityId.Device("w1"))
                .SubmitAsync(
                    new InboundParcel(
                        EntityId.Device("w1"),
                        process ?? harness.Get<IProcesses>().Own,
                        harness.Now,
                        [message, message],
                        [],
                        Trace: null
                    )
                ),
            "receipt"
        );

        Assert.Equal(TimeSpan.FromSeconds(seconds), receipt.Pause);
        Assert.Equal([MessageOutcome.Accepted, MessageOutcome.Accepted], receipt.Outcomes);
    }

    [Fact]
    public async Task Nothing_is_acknowledged_while_storage_cannot_write_and_everything_once_it_can()
    {
        FaultyStore? store = null;
        await using GrainsHarness harness = await GrainsHarness.StartAsync(inner => store = new FaultyStore(inner));
        await harness.RegisterAsync("w1");
        store!.IsFull = true;

        Task<InboundBatch> sent = harness.SendAsync(
            EntityId.Device("w1"),
            ("telemetry", """{"seq":1,"values":{"temperature":20}}"""),
            ("telemetry", """{"seq":2,"values":{"temperature":21}}""")
        );
        await Awaited.Within(store.Refused, "refused commit");
        Task<Reply<DeviceRegistered>> request = harness.Grains.Device("w1").RegisterAsync(new RegisterDevice("washer", null, null, "new"));
        Assert.False(sent.IsCompleted);

        store.IsFull = false;
        InboundBatch acknowledged = await sent;
        Assert.Equal(2, acknowledged.Count);
        await Assert.ThrowsAnyAsync<Exception>(async () => (await request).Rejection!.ToString());
        await harness.Get<ITelemetryBarrier>().CaughtUpAsync(CancellationToken.None);
        Page<Reading> raw = await harness
            .Get<ITelemetryStore>()
            .RawAsync("w1", "temperature", null, null, null, 100, CancellationToken.None);
        Assert.Equal([1L, 2L], raw.Items.Select(reading => reading.Seq!.Value));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_entity_that_cannot_be_loaded_looks_once_for_each_who_asks(bool isAway)
    {
        const int Requests = 10;
        UnreadableStore? store = null;
        Exception error = isAway
            ? new StorageUnavailableException("The database is away.")
            : new InvalidDataException("The snapshot is damaged.");
        await using GrainsHarness harness = await GrainsHarness.StartAsync(wrapGrains: inner =>
            store = new UnreadableStore(inner) { Error = error }
        );

        for (int request = 0; request < Requests; request++)
            await Assert.ThrowsAnyAsync<Exception>(() =>
                harness.Grains.Device("w1").RegisterAsync(new RegisterDevice("washer", null, null, "w1"))
            );

        Assert.Equal(Requests, store!.Loads);
        store.Error = null;
        await harness.RegisterAsync("w1");
    }

    [Fact]
    public async Task What_is_not_understood_goes_to_the_dead_letters_and_the_rest_of_its_batch_does_not()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.RegisterAsync("w1");

        InboundBatch batch = await harness.SendAsync(
            EntityId.Device("w1"),
            ("telemetry", """{"temperature":20}"""),
            ("telemetry", "{oops"),
            ("telemetry", """{"temperature":21}""")
        );

        Assert.Equal(
            [MessageOutcome.Accepted, MessageOutcome.PayloadInvalid, MessageOutcome.Accepted],
            Enumerable.Range(0, 3).Select(i => batch[i].Outcome)
        );
        Page<DeadLetter> letters = await harness.Get<IDeadLetterQueries>().ListAsync(new PageRequest(), CancellationToken.None);
        DeadLetter letter = Assert.Single(letters.Items);
        Assert.Equal(
            ("devices/w1/telemetry", "device:w1", DeadLetterReason.InvalidJson, "{oops"),
            (letter.Topic, letter.Principal, letter.Reason, System.Text.Encoding.UTF8.GetString(letter.Payload))
        );
    }

    [Fact]
    public async Task Work_that_breaks_its_commit_does_not_take_others_with_it()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync(inner => new FaultyStore(inner) { Poison = "poison" });
        await harness.RegisterAsync("w1");
        await harness.RegisterAsync("poison-source");

        Task<InboundBatch> poisoned = harness.SendAsync(EntityId.Device("poison-source"), ("twin/reported", """{"word":"poison"}"""));
        Task<InboundBatch> good = harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"temperature":20}"""));

        await good;
        InboundBatch kept = await poisoned;
        Assert.Equal(MessageOutcome.PayloadInvalid, kept[0].Outcome);
        Page<DeadLetter> letters = await harness.Get<IDeadLetterQueries>().ListAsync(new PageRequest(), CancellationToken.None);
        Assert.Equal("devices/poison-source/twin/reported", Assert.Single(letters.Items).Topic);
    }

    [Fact]
    public async Task State_goes_on_after_a_restart()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.RegisterAsync("w1");
        await harness.SendAsync(EntityId.Device("w1"), ("telemetry", """{"seq":5,"values":{"temperature":85}}"""));

        await harness.RestartAsync();
        await harness.SendAsync(
            EntityId.Device("w1"),
            ("telemetry", """{"seq":5,"values":{"temperature":85}}"""),
            ("telemetry", """{"seq":6,"values":{"temperature":86}}""")
        );

        Page<Case> cases = await harness
            .Get<ICaseQueries>()
            .ListAsync(new CaseFilter { DeviceId = "w1" }, new PageRequest(), CancellationToken.None);
        Assert.Single(cases.Items);
        await harness.Get<ITelemetryBarrier>().CaughtUpAsync(CancellationToken.None);
        Page<Reading> raw = await harness
            .Get<ITelemetryStore>()
            .RawAsync("w1", "temperature", null, null, null, 100, CancellationToken.None);
        Assert.Equal([5L, 6L], raw.Items.Select(reading => reading.Seq!.Value));
    }

    /// <summary>The real store, from which nothing can be loaded for a while.</summary>
    private sealed class UnreadableStore(IGrainStore inner) : IGrainStore
    {
        private int _loads;

        public Exception? Error { get; set; }

        public int Loads => Volatile.Read(ref _loads);

        public ValueTask<Snapshot?> LoadAsync(EntityId id, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _loads);
            return Error is { } error ? ValueTask.FromException<Snapshot?>(error) : inner.LoadAsync(id, cancellationToken);
        }

        public ValueTask<byte[]?> LoadHistoryAsync(EntityId id, CancellationToken cancellationToken) =>
            inner.LoadHistoryAsync(id, cancellationToken);

        public ValueTask<IReadOnlyList<EntityId>> DueAsync(Instant now, int limit, CancellationToken cancellationToken) =>
            inner.DueAsync(now, limit, cancellationToken);

        public ValueTask<IReadOnlyList<EntityId>> DueAfterAsync(
            Instant time,
            EntityId? afterId,
            int limit,
            CancellationToken cancellationToken
        ) => inner.DueAfterAsync(time, afterId, limit, cancellationToken);
    }

    /// <summary>The real store behind a disk that can be full, and a word that it cannot bear.</summary>
    private sealed class FaultyStore(ICommitStore inner) : ICommitStore
    {
        private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public volatile bool IsFull;

        public string? Poison { get; init; }

        public Task Refused => _refused.Task;

        public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
        {
            if (IsFull)
            {
                _refused.TrySetResult();
                throw new StorageUnavailableException("The disk is full.");
            }
            if (Poison is { } word && units.Any(unit => unit.Effects.OfType<SaveGrain>().Any(save => Contains(save, word))))
                throw new InvalidOperationException("I cannot bear that word.");
            return inner.Commit(units);
        }

        public string? Probe() => IsFull ? "full" : inner.Probe();

        private static bool Contains(SaveGrain save, string word) =>
            System.Text.Encoding.UTF8.GetString(save.Facts ?? []).Contains($"\"word\":\"{word}\"", StringComparison.Ordinal);
    }
}
