using System.IO.Pipelines;

namespace OmniIoT.Gateway.Connections;

/// <summary>
/// What waits to be written to one connection. Anyone may append, under a lock that is never held during a write to the socket;
/// one writer at a time drains, on the thread pool, and ends when nothing is left: an idle connection holds no buffer and no task.
/// </summary>
internal sealed class ConnectionOutput(PipeWriter writer, int capacityBytes, Action drained) : IThreadPoolWorkItem
{
    /// <summary>Bytes handed to the transport at a time: its own back-pressure begins at 64 KiB.</summary>
    private const int BytesPerWrite = 32 * 1024;

    /// <summary>Above it, who may slow down should: about one read burst of a publisher.</summary>
    private const int CongestedBytes = 256 * 1024;

    private readonly Lock _lock = new();
    private PooledWriter _waiting = new();
    private PooledWriter _leaving = new();
    private bool _draining;
    private bool _closed;
    private int _queuedBytes;
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _relief;
    private bool _isStalled;
    private TaskCompletionSource? _empty;

    /// <summary>Bytes appended and not yet taken by the transport.</summary>
    public int QueuedBytes => Volatile.Read(ref _queuedBytes);

    /// <summary>
    /// Whether another message may be appended. Acknowledgements are appended always: their number is bounded by what is read.
    /// </summary>
    public bool HasRoom => QueuedBytes < capacityBytes;

    /// <summary>Opens the output for appending; dispose the result to let the bytes go.</summary>
    public Appender Append() => new(this);

    /// <summary>Returns at once while there is room, else once half of it is free or the connection is closed.</summary>
    public Task WaitForRoomAsync()
    {
        if (HasRoom)
            return Task.CompletedTask;
        lock (_lock)
        {
            if (HasRoom || _closed)
                return Task.CompletedTask;
            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task;
        }
    }

    /// <summary>Whether much is waiting and the peer still takes it.</summary>
    public bool IsCongested => QueuedBytes > CongestedBytes && !Volatile.Read(ref _isStalled);

    /// <summary>
    /// Waits until half of the congestion is gone, but no longer than <paramref name="limit"/>: a peer that takes nothing for that
    /// long is stalled, and nobody waits for it until it moves again.
    /// </summary>
    public async ValueTask WaitForReliefAsync(TimeSpan limit, TimeProvider time)
    {
        Task relief;
        lock (_lock)
        {
            if (_closed || !IsCongested)
                return;
            _relief ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            relief = _relief.Task;
        }
        try
        {
            await relief.WaitAsync(limit, time, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            Volatile.Write(ref _isStalled, true);
        }
    }

    /// <summary>Completes once all that was appended is with the transport, or the peer is gone.</summary>
    public Task WaitUntilEmptyAsync()
    {
        lock (_lock)
        {
            if (!_draining || _closed)
                return Task.CompletedTask;
            _empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _empty.Task;
        }
    }

    /// <summary>Drops what is left and takes no more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            if (!_draining)
                _waiting.Clear();
            Volatile.Write(ref _queuedBytes, 0);
            Release(ref _room);
            Release(ref _relief);
            Release(ref _empty);
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = DrainAsync();

    private static void Release(ref TaskCompletionSource? waiter)
    {
        waiter?.TrySetResult();
        waiter = null;
    }

    // Never throws: a failed write closes the output, and the reader learns of the peer's end by itself.
    private async Task DrainAsync()
    {
        bool alive = true;
        while (alive && TryTake())
        {
            try
            {
                alive = await WriteAsync(_leaving.Written);
            }
            catch (Exception error)
                when (error is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException)
            {
                alive = false;
            }
            finally
            {
                _leaving.Clear();
            }
        }
        if (alive)
            drained();
        else
            Abandon();
    }

    private void Abandon()
    {
        lock (_lock)
            _draining = false;
        Close();
    }

    private async ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int count = Math.Min(bytes.Length, BytesPerWrite);
            FlushResult result = await writer.WriteAsync(bytes[..count]);
            if (result.IsCompleted || result.IsCanceled)
                return false;
            bytes = bytes[count..];
            Account(count);
        }
        return true;
    }

    private void Account(int written)
    {
        lock (_lock)
        {
            _queuedBytes = Math.Max(0, _queuedBytes - written);
            _isStalled = false;
            if (_queuedBytes <= capacityBytes / 2)
                Release(ref _room);
            if (_queuedBytes <= CongestedBytes / 2)
                Release(ref _relief);
        }
    }

    private bool TryTake()
    {
        lock (_lock)
        {
            if (_waiting.Length > 0 && !_closed)
            {
                (_waiting, _leaving) = (_leaving, _waiting);
                return true;
            }
            _waiting.Clear();
            _draining = false;
            Release(ref _empty);
            return false;
        }
    }

    /// <summary>Holds the output's lock while packets are encoded into it.</summary>
    public readonly ref struct Appender
    {
        private readonly ConnectionOutput _output;
        private readonly int _lengthBefore;

        public Appender(ConnectionOutput output)
        {
            _output = output;
            output._lock.Enter();
            _lengthBefore = output._waiting.Length;
        }

        public PooledWriter Bytes => _output._waiting;

        public void Dispose()
        {
            ConnectionOutput output = _output;
            bool start = false;
            if (output._closed)
            {
                if (!output._draining)
                    output._waiting.Clear();
            }
            else
            {
                int added = output._waiting.Length - _lengthBefore;
                output._queuedBytes += added;
                start = added > 0 && !output._draining;
                output._draining |= start;
            }
            output._lock.Exit();
            if (start)
                ThreadPool.UnsafeQueueUserWorkItem(output, preferLocal: false);
        }
    }
}
