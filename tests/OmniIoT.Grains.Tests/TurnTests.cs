using System.Globalization;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Grains.Coordination;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.State;
using OmniIoT.Ports.Telemetry;
using OmniIoT.TestKit;
using Orleans;

namespace OmniIoT.Grains.Tests;

/// <summary>What is gathered, committed, lost and decided anew: nothing is lost, doubled or out of order.</summary>
public sealed class TurnTests
{
    private const int Inbox = 256;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Whatever_becomes_of_commits_each_reading_is_kept_once_and_the_last_is_the_newest(int seed)
    {
        const int Batches = 60;
        const int DeviceCount = 3;
        await using GrainsHarness harness = await GrainsHarness.StartAsync(inner => new MoodyStore(inner, new Random(seed)));
        for (int device = 0; device < DeviceCount; device++)
            await harness.RegisterAsync(NameOf(device));

        List<Task<InboundBatch>> sent = [];
        for (int batch = 0; batch < Batches; batch++)
        {
            for (int device = 0; device < DeviceCount; device++)
                sent.Add(harness.SendAsync(EntityId.Device(NameOf(device)), Reading(batch * 2), Reading(batch * 2 + 1)));
        }
        InboundBatch[] acknowledged = await Task.WhenAll(sent);

        Assert.All(
            acknowledged,
            batch => Assert.Equal((MessageOutcome.Accepted, MessageOutcome.Accepted), (batch[0].Outcome, batch[1].Outcome))
        );
        await harness.Get<ITelemetryBarrier>().CaughtUpAsync(CancellationToken.None);
        for (int device = 0; device < DeviceCount; device++)
        {
            Page<Reading> raw = await harness
                .Get<ITelemetryStore>()
                .RawAsync(NameOf(device), "temperature", null, null, null, Batches * 2 + 1, CancellationToken.None);
            Assert.Equal(Enumerable.Range(0, Batches * 2).Select(seq => (long?)seq), raw.Items.Select(reading => reading.Seq).Order());
            TwinView twin = (await harness.Get<ITwinQueries>().FindAsync(NameOf(device), CancellationToken.None))!;
            Assert.Equal(Batches * 2 - 1, (double)twin.Values["temperature"].Value!);
        }
    }

    [Fact]
    public async Task Who_brings_more_than_may_wait_waits_and_nothing_is_dropped()
    {
        GatedStore? store = null;
        await using GrainsHarness harness = await GrainsHarness.StartAsync(inner => store = new GatedStore(inner));
        await harness.RegisterAsync("w1");
        store!.Close();
        Task<InboundBatch> first = harness.SendAsync(EntityId.Device("w1"), Reading(0));
        await Awaited.Within(store.Reached, "commit of the first");

        List<Task<InboundBatch>> waiting =
        [
            .. Enumerable.Range(1, Inbox - 1).Select(seq => harness.SendAsync(EntityId.Device("w1"), Reading(seq))),
        ];
        Acknowledgements last = new();
        ValueTask submitted = harness.Get<IIngress>().SubmitAsync(last.BatchOf(harness, "w1", Reading(Inbox)), CancellationToken.None);

        Assert.False(submitted.IsCompleted);
        Assert.False(first.IsCompleted);
        store.Open();
        await Awaited.Within(submitted.AsTask(), "room");
        await Task.WhenAll(waiting.Append(first).Append(last.Task));
        await harness.Get<ITelemetryBarrier>().CaughtUpAsync(CancellationToken.None);
        Assert.Equal(
            Inbox + 1,
            (await harness.Get<ITelemetryStore>().RawAsync("w1", "temperature", null, null, null, Inbox * 2, CancellationToken.None))
                .Items
                .Count
        );
    }

    [Fact]
    public async Task What_waits_is_done_before_an_entity_leaves_memory_and_the_next_goes_on_from_there()
    {
        GatedStore? store = null;
        await using GrainsHarness harness = await GrainsHarness.StartAsync(inner => store = new GatedStore(inner));
        await harness.RegisterAsync("w1");
        store!.Close();
        Task<InboundBatch> first = harness.SendAsync(EntityId.Device("w1"), Reading(0));
        await Awaited.Within(store.Reached, "commit of the first");
        Task<InboundBatch> second = harness.SendAsync(EntityId.Device("w1"), Reading(1));

        Assert.True(harness.Get<LocalEntities>().TryFind(EntityId.Device("w1"), out EntityGrain? entity));
        DeactivationReason unused = new(DeactivationReasonCode.ActivationIdle, "it is not used");
        entity.GrainContext.Deactivate(unused, CancellationToken.None);
        Task ready = entity.OnDeactivateAsync(unused, CancellationToken.None);
        Task<InboundBatch> third = harness.SendAsync(EntityId.Device("w1"), Reading(2));
        Assert.False(ready.IsCompleted);
        Assert.False(entity.GrainContext.Deactivated.IsCompleted);
        Assert.False(first.IsCompleted);
        store.Open();
        await Awaited.Within(entity.GrainContext.Deactivated, "end of the activation");
        await Task.WhenAll(first, second, third);

        TwinView twin = (await harness.Get<ITwinQueries>().FindAsync("w1", CancellationToken.None))!;
        Assert.Equal(2, (double)twin.Values["temperature"].Value!);
        await harness.SendAsync(EntityId.Device("w1"), Reading(2), Reading(3));
        await harness.Get<ITelemetryBarrier>().CaughtUpAsync(CancellationToken.None);
        Assert.Equal(
            [0L, 1L, 2L, 3L],
            (await harness.Get<ITelemetryStore>().RawAsync("w1", "temperature", null, null, null, 10, CancellationToken.None)).Items.Select(
                reading => reading.Seq!.Value
            )
        );
    }

    [Fact]
    public async Task A_message_that_breaks_what_decides_on_it_is_the_only_one_to_go_to_the_dead_letters()
    {
        BrokenParts? states = null;
        await using GrainsHarness harness = await GrainsHarness.StartAsync(wrapGrains: inner => states = new BrokenParts(inner));
        await harness.PutAsync(DocumentKind.Site, "shop", """{"name":"Shop"}""");
        await harness.PutAsync(
            DocumentKind.Fence,
            "door",
            """{"siteId":"shop","name":"Door","geometry":{"type":"Point","coordinates":[49.86,40.41]},"radiusMeters":50}"""
        );
        await harness.PutAsync(
            DocumentKind.Campaign,
            "week",
            """{"name":"Week","fenceIds":["door"],"trigger":"enter","content":{"title":"Hello","text":"Beans"}}"""
        );
        await harness.AddCustomerAsync("ann");
        await harness.AddCustomerAsync("bea");
        Assert.Null((await harness.Get<Merging>().MergeAsync("ann", new MergeCustomer("bea", null, "agent:a"))).Rejection);
        states!.Broken = EntityId.Customer("bea");

        InboundBatch batch = await harness.SendAsync(
            EntityId.Customer("ann"),
            Fix(harness.Now - TimeSpan.FromMinutes(10), 40.43),
            Fix(harness.Now - TimeSpan.FromMinutes(5), 40.41),
            Fix(harness.Now, 40.44)
        );

        Assert.Equal(
            [MessageOutcome.Accepted, MessageOutcome.PayloadInvalid, MessageOutcome.Accepted],
            Enumerable.Range(0, 3).Select(i => batch[i].Outcome)
        );
        DeadLetter letter = Assert.Single(
            (await harness.Get<IDeadLetterQueries>().ListAsync(new PageRequest(), CancellationToken.None)).Items
        );
        Assert.Contains("40.41", System.Text.Encoding.UTF8.GetString(letter.Payload), StringComparison.Ordinal);
        Assert.Contains("cannot be read", letter.Detail, StringComparison.Ordinal);
        IEnumerable<Visit> visits = (
            await harness.Get<ICustomerQueries>().VisitsAsync("ann", new PageRequest(), CancellationToken.None)
        ).Items;
        Assert.Empty(visits);
    }

    [Fact]
    public async Task A_request_that_is_refused_changes_nothing_that_the_next_turn_would_save()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        PutCustomerData stale = new()
        {
            Name = "Nobody",
            Locale = null,
            TimeZone = null,
            Tags = ["x"],
            Consent = new Consent(),
            Identities = [],
            ExpectedVersion = 7,
            Actor = "api",
        };

        Reply<CustomerStored> reply = await harness.Grains.Customer("ann").PutAsync(stale);
        await harness.SendAsync(EntityId.Customer("ann"), ("location", """{"lat":40.41,"lon":49.86}"""));
        await harness.RestartAsync();
        CustomerStored stored = await harness.AddCustomerAsync("ann");

        Assert.Equal(RejectionKind.Stale, reply.Rejection?.Kind);
        Assert.Equal(2, stored.Customer.Version);
    }

    private static (string Topic, string Payload) Fix(Instant at, double latitude) =>
        ("location", string.Create(CultureInfo.InvariantCulture, $$"""{"ts":{{at.UnixMilliseconds}},"lat":{{latitude}},"lon":49.86}"""));

    private static string NameOf(int device) => "w" + device.ToString(CultureInfo.InvariantCulture);

    private static (string Topic, string Payload) Reading(int seq) =>
        ("telemetry", $$$"""{"seq":{{{seq}}},"ts":{{{1_772_000_000_000 + seq}}},"values":{"temperature":{{{seq}}}}}""");

    /// <summary>A batch that is submitted by the test itself.</summary>
    private sealed class Acknowledgements : IInboundSource
    {
        private readonly TaskCompletionSource<InboundBatch> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<InboundBatch> Task => _done.Task;

        public InboundBatch BatchOf(GrainsHarness harness, string device, (string Topic, string Payload) message)
        {
            InboundBatch batch = new();
            batch.Reset(EntityId.Device(device), this, harness.Now);
            batch.Add(
                System.Text.Encoding.UTF8.GetBytes($"devices/{device}/{message.Topic}"),
                System.Text.Encoding.UTF8.GetBytes(message.Payload),
                1,
                1
            );
            return batch;
        }

        public void Committed(InboundBatch batch) => _done.SetResult(batch);
    }

    /// <summary>
    /// Commits of messages are refused, come too late, or are done and nobody hears of it: the process cannot know which.
    /// </summary>
    private sealed class MoodyStore(ICommitStore inner, Random random) : ICommitStore
    {
        public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
        {
            if (!units.Any(unit => unit.MessageCount > 0))
                return inner.Commit(units);
            switch (random.Next(6))
            {
                case 0:
                    throw new StorageUnavailableException("The disk is full.");
                case 1:
                    foreach (CommitUnit unit in units)
                        unit.Outcome = CommitOutcome.Conflict;
                    return [];
                case 2:
                    inner.Commit(units);
                    throw new StorageUnavailableException("The answer got lost.");
                default:
                    return inner.Commit(units);
            }
        }

        public string? Probe() => inner.Probe();
    }

    /// <summary>A store whose commits of messages wait until it is opened.</summary>
    private sealed class GatedStore(ICommitStore inner) : ICommitStore, IDisposable
    {
        private readonly ManualResetEventSlim _gate = new(initialState: true);
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>A commit waits at the gate.</summary>
        public Task Reached => _reached.Task;

        public void Close() => _gate.Reset();

        public void Open() => _gate.Set();

        public IReadOnlyList<Change> Commit(IReadOnlyList<CommitUnit> units)
        {
            if (!_gate.IsSet)
                _reached.TrySetResult();
            _gate.Wait();
            return inner.Commit(units);
        }

        public string? Probe() => inner.Probe();

        public void Dispose() => _gate.Dispose();
    }

    /// <summary>The real store, in which one entity's state cannot be read.</summary>
    private sealed class BrokenParts(IGrainStore inner) : IGrainStore
    {
        public EntityId? Broken { get; set; }

        public ValueTask<Snapshot?> LoadAsync(EntityId id, CancellationToken cancellationToken) =>
            id == Broken
                ? ValueTask.FromException<Snapshot?>(new InvalidDataException("The snapshot cannot be read."))
                : inner.LoadAsync(id, cancellationToken);

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
}
