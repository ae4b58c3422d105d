using System.Threading.Channels;
using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests.Delivery;

public sealed class OutboxDispatcherTests : IAsyncLifetime
{
    private static readonly EntityId Broken = EntityId.Device("broken");
    private static readonly EntityId Sound = EntityId.Device("sound");

    private readonly CommitBench _bench = new();
    private readonly FakeGateway _gateway = new();
    private readonly OutboxDispatcher _dispatcher;

    public OutboxDispatcherTests() => _dispatcher = new OutboxDispatcher(_bench.Store.Outbox, _gateway, _gateway, _bench.Deliveries);

    public async ValueTask InitializeAsync() => await _dispatcher.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _gateway.LetGo();
        await CommitBench.StopAsync(_dispatcher);
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_row_that_fails_delays_no_other_target()
    {
        _gateway.Judge = row => row.Target == Broken ? new InvalidOperationException("its session is broken") : null;

        await _bench.CommitAsync(Enumerable.Range(0, 600).Select(i => Row($"a{i:000}", Broken)).Append(Row("b1", Sound)));

        Assert.Equal("b1", await _gateway.PublishedAsync());
    }

    [Fact]
    public async Task A_target_that_hangs_delays_no_other_target()
    {
        _gateway.Hangs = row => row.Target == Broken;
        await _bench.CommitAsync(Row("a1", Broken));
        await _gateway.AttemptAsync();

        await _bench.CommitAsync(Row("b1", Sound), Row("a2", Broken));
        Assert.Equal("b1", await _gateway.PublishedAsync());
        _gateway.LetGo();

        Assert.Equal(["a1", "a2"], [await _gateway.PublishedAsync(), await _gateway.PublishedAsync()]);
    }

    [Fact]
    public async Task A_row_that_fails_too_often_becomes_a_dead_letter_and_those_behind_it_move_up_in_order()
    {
        _gateway.Judge = row => row.Id == "a1" ? new InvalidOperationException("its session is broken") : null;
        await _bench.CommitAsync(Row("a1", Broken), Row("a2", Broken), Row("a3", Broken));

        IReadOnlyList<DeadLetter> letters = await _bench.PassUntil(
            async () =>
                (await _bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items is { Count: > 0 } found
                    ? found
                    : null,
            "dead letter",
            TimeSpan.FromSeconds(61)
        );

        Assert.Equal(["a2", "a3"], [await _gateway.PublishedAsync(), await _gateway.PublishedAsync()]);
        DeadLetter letter = Assert.Single(letters);
        Downlink row = Row("a1", Broken).Downlink;
        Assert.Equal((row.Topic, Broken.ToString(), DeadLetterReason.Undeliverable), (letter.Topic, letter.Principal, letter.Reason));
        Assert.Equal(row.Payload, letter.Payload);
        Assert.Equal("command:k1: 12 tries to deliver it failed: its session is broken", letter.Detail);
        Assert.Equal(12, _gateway.AttemptsOf("a1"));
        Assert.Null(_bench.Loops.TroubleOf(PartNames.Deliveries));
    }

    [Fact]
    public async Task Somebody_elses_cancellation_is_a_try_that_failed()
    {
        int failures = 2;
        _gateway.Judge = _ => failures-- > 0 ? new OperationCanceledException("a request timed out") : null;

        await _bench.CommitAsync(Row("a1", Broken));

        await _bench.PassUntil(() => Task.FromResult(_gateway.AttemptsOf("a1") == 3 ? "a1" : null), "third try");
        Assert.Equal("a1", await _gateway.PublishedAsync());
    }

    [Fact]
    public async Task While_storage_cannot_be_written_nothing_counts_as_a_try()
    {
        bool isFull = true;
        _gateway.Judge = _ => isFull ? new StorageUnavailableException("The disk is full.") : null;
        await _bench.CommitAsync(Row("a1", Broken));

        await _bench.PassUntil(() => Task.FromResult(_gateway.AttemptsOf("a1") > 20 ? "a1" : null), "many tries", TimeSpan.FromMinutes(1));
        await _bench.PassUntil(() => Task.FromResult(_bench.Loops.TroubleOf(PartNames.Deliveries)), "trouble", TimeSpan.FromMinutes(1));
        isFull = false;

        Task<string> published = _gateway.PublishedAsync();
        await _bench.PassUntil(
            () => Task.FromResult(published.IsCompleted ? published : null),
            "message handed over",
            TimeSpan.FromMinutes(1)
        );
        await _bench.PassUntil(
            () => Task.FromResult(_bench.Loops.TroubleOf(PartNames.Deliveries) is null ? "well" : null),
            "recovery",
            TimeSpan.FromMinutes(1)
        );
        Assert.Empty((await _bench.Store.DeadLetters.ListAsync(new PageRequest(), CancellationToken.None)).Items);
    }

    private static Enqueue Row(string id, EntityId target) => new Enqueue(Samples.Downlink(id, target) with { ExpiresAt = null });

    /// <summary>Takes what the judge lets through.</summary>
    private sealed class FakeGateway : IDownlinkPublisher, IIngress
    {
        private readonly Channel<string> _published = Channel.CreateUnbounded<string>();
        private readonly Channel<string> _attempts = Channel.CreateUnbounded<string>();
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _tried = [];
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<Downlink, Exception?> Judge { get; set; } = _ => null;

        public Func<Downlink, bool> Hangs { get; set; } = _ => false;

        public int AttemptsOf(string id) => _tried.Count(tried => tried == id);

        public Task<string> PublishedAsync() => Awaited.Within(_published.Reader.ReadAsync().AsTask(), "message handed over");

        public Task<string> AttemptAsync() => Awaited.Within(_attempts.Reader.ReadAsync().AsTask(), "try");

        public void LetGo() => _letGo.TrySetResult();

        public async ValueTask<int> PublishAsync(Downlink downlink, CancellationToken cancellationToken)
        {
            _tried.Enqueue(downlink.Id);
            _attempts.Writer.TryWrite(downlink.Id);
            if (Hangs(downlink))
                await _letGo.Task;
            if (Judge(downlink) is { } error)
                throw error;
            _published.Writer.TryWrite(downlink.Id);
            return 1;
        }

        public ValueTask DisconnectAsync(EntityId principal, string reason) => ValueTask.CompletedTask;

        public ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken) => ValueTask.CompletedTask;

        public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
