using System.Text;
using System.Threading.Channels;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Tests.Support;

/// <param name="Refusal">Why whoever brought it did not understand it.</param>
internal sealed record Ingested(EntityId Principal, string Topic, byte[] Payload, byte Qos, Refusal? Refusal);

/// <summary>
/// Stands for the partitions: takes batches into a bounded inbox and commits them one after the other. While held, nothing is
/// committed, and once the inbox is full nothing more is taken.
/// </summary>
internal sealed class FakeIngress : IIngress, IAsyncDisposable
{
    /// <summary>Small, so that a test can fill it.</summary>
    public const int InboxBatches = 4;

    private readonly MemoryStore _store;
    private readonly Channel<InboundBatch> _inbox = Channel.CreateBounded<InboundBatch>(InboxBatches);
    private readonly List<Ingested> _messages = [];
    private readonly Channel<(EntityId Grain, GatewayNotice Notice)> _notices = Channel.CreateUnbounded<(EntityId, GatewayNotice)>();
    private readonly Task _loop;
    private TaskCompletionSource _gate = new();
    private int _submitted;

    public FakeIngress(MemoryStore store)
    {
        _store = store;
        _gate.SetResult();
        _loop = RunAsync();
    }

    /// <summary>Judges each message; accepted when null.</summary>
    public Func<Ingested, MessageOutcome>? Judge { get; set; }

    public IReadOnlyList<Ingested> Messages
    {
        get
        {
            lock (_messages)
                return [.. _messages];
        }
    }

    /// <summary>Waits until that many batches were taken into the inbox or are being committed.</summary>
    public Task SubmittedAsync(int batches) =>
        Poll.UntilAsync(() => Volatile.Read(ref _submitted) >= batches, $"{batches} batches submitted");

    /// <summary>Waits until that many messages are committed.</summary>
    public Task MessagesAsync(int count) => Poll.UntilAsync(() => Messages.Count >= count, $"{count} messages committed");

    public void Hold() => _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void LetGo() => _gate.TrySetResult();

    public async ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken)
    {
        await _inbox.Writer.WriteAsync(batch, cancellationToken);
        Interlocked.Increment(ref _submitted);
    }

    public ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken) =>
        _notices.Writer.WriteAsync((grain, notice), cancellationToken);

    /// <summary>The next notice of a kind; others are passed over.</summary>
    public async Task<(EntityId Grain, T Notice)> NextAsync<T>()
        where T : GatewayNotice
    {
        while (true)
        {
            (EntityId grain, GatewayNotice notice) = await Within.LimitAsync(_notices.Reader.ReadAsync().AsTask(), typeof(T).Name);
            if (notice is T wanted)
                return (grain, wanted);
        }
    }

    public async ValueTask DisposeAsync()
    {
        LetGo();
        _inbox.Writer.TryComplete();
        await _loop;
    }

    private async Task RunAsync()
    {
        await foreach (InboundBatch batch in _inbox.Reader.ReadAllAsync())
        {
            await _gate.Task;
            lock (_messages)
            {
                for (int i = 0; i < batch.Count; i++)
                    Take(batch, i);
            }
            batch.Decided();
            _store.Apply(batch.SessionEffects);
            batch.Source?.Committed(batch);
        }
    }

    private void Take(InboundBatch batch, int index)
    {
        Ingested message = new(
            batch.Principal,
            Encoding.UTF8.GetString(batch.Topic(index)),
            batch.Payload(index).ToArray(),
            batch[index].Qos,
            batch[index].Refusal
        );
        _messages.Add(message);
        if (message.Refusal is not null)
            batch[index].Outcome = MessageOutcome.PayloadInvalid;
        if (Judge is not null)
            batch[index].Outcome = Judge(message);
    }
}
