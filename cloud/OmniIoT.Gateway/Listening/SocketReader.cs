using System.Buffers;
using System.IO.Pipelines;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace OmniIoT.Gateway.Listening;

/// <summary>
/// Reads straight from a non-blocking socket into one pooled array that is held only while there is something in it: an idle
/// connection holds no buffer, and a packet is seldom in two pieces. One reader at a time.
/// </summary>
internal sealed class SocketReader(Socket socket) : PipeReader
{
    /// <summary>What a device says at a time.</summary>
    private const int SmallestBuffer = 8 * 1024;

    /// <summary>What a device says at full speed while a commit is on its way; a larger packet gets a larger one.</summary>
    private const int LargestBurst = 256 * 1024;

    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _wanted = SmallestBuffer;
    private bool _isExamined = true;
    private bool _isCompleted;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        TryRead(out ReadResult result) ? new ValueTask<ReadResult>(result) : WaitAsync(cancellationToken);

    public override bool TryRead(out ReadResult result)
    {
        bool isRead = !_isExamined || _isCompleted || TryReceive();
        result = isRead
            ? new ReadResult(new ReadOnlySequence<byte>(_buffer, _start, _end - _start), isCanceled: false, _isCompleted)
            : default;
        return isRead;
    }

    /// <summary>What was given is one array: positions are places in it.</summary>
    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        _start = consumed.GetInteger();
        _isExamined = examined.GetInteger() == _end;
        if (_start == _end)
            Release();
    }

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    /// <summary>Nobody asks for it: a read is given up by its cancellation token.</summary>
    public override void CancelPendingRead() => throw new NotSupportedException();

    public override void Complete(Exception? exception = null) => Release();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<ReadResult> WaitAsync(CancellationToken cancellationToken)
    {
        ReadResult result;
        do
        {
            try
            {
                await socket.ReceiveAsync(Memory<byte>.Empty, SocketFlags.None, cancellationToken); // Until there is something.
            }
            catch (SocketException error)
            {
                throw new IOException(error.Message, error);
            }
        } while (!TryRead(out result));
        return result;
    }

    private bool TryReceive()
    {
        MakeRoom();
        int count = socket.Receive(_buffer.AsSpan(_end), SocketFlags.None, out SocketError error);
        if (error == SocketError.WouldBlock)
        {
            if (_start == _end)
                Release();
            return false;
        }
        if (error != SocketError.Success)
            throw new IOException($"The connection failed: {error}.", new SocketException((int)error));
        _isCompleted = count == 0;
        _end += count;
        // The next buffer is as large as what comes at once.
        _wanted =
            _end == _buffer.Length ? Math.Min(_buffer.Length * 2, LargestBurst)
            : count < _buffer.Length / 4 ? Math.Max(_wanted / 2, SmallestBuffer)
            : _wanted;
        return true;
    }

    private void MakeRoom()
    {
        int kept = _end - _start;
        int wanted = Math.Max(_wanted, kept * 2);
        if (_buffer.Length >= wanted && _start == 0 && _end < _buffer.Length)
            return;
        byte[] roomier = ArrayPool<byte>.Shared.Rent(wanted);
        _buffer.AsSpan(_start, kept).CopyTo(roomier);
        Release();
        (_buffer, _end) = (roomier, kept);
    }

    private void Release()
    {
        if (_buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        (_start, _end, _isExamined) = (0, 0, true);
    }
}
