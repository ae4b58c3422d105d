using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;

namespace OmniIoT.Mqtt.Client;

/// <summary>
/// One connection's socket, buffers and keep-alive. The output is written under the client's lock; one loop carries
/// it to the socket, so that all that gathers while a write is on its way goes out with the next.
/// </summary>
internal sealed class ClientConnection : IDisposable
{
    // One write to the socket takes one segment: some 80 telemetry messages. Idle connections hold none.
    private const int SegmentSize = 16 * 1024;
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly Pipe _output = new(
        new PipeOptions(pauseWriterThreshold: 0, minimumSegmentSize: SegmentSize, useSynchronizationContext: false)
    );
    private long _written;
    private long _sent;
    private readonly CountingWriter _writer;
    private readonly Action _onSent;
    private int _isAborted;
    private bool _isComplete;

    /// <param name="onSent">Called after every write to the socket: there is room again.</param>
    public ClientConnection(Socket socket, Stream stream, Action onSent)
    {
        _socket = socket;
        _stream = stream;
        _onSent = onSent;
        _writer = new CountingWriter(this);
        // Zero-byte reads: thousands of idle clients hold no receive buffer.
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, useZeroByteReads: true));
    }

    public PipeReader Input { get; }

    /// <summary>Null once no more can be written. Only under the client's lock.</summary>
    public IBufferWriter<byte>? Output => _isComplete ? null : _writer;

    /// <summary>Bytes that wait for the socket.</summary>
    public long Unsent => Volatile.Read(ref _written) - Volatile.Read(ref _sent);

    /// <summary>Grows with everything that was written; the keep-alive compares.</summary>
    public long Written => Volatile.Read(ref _written);

    /// <summary>What broke the connection first, if anything.</summary>
    public Exception? Error { get; private set; }

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>Lets the send loop have what was written; only under the client's lock.</summary>
    public void Flush()
    {
        if (_isComplete)
            return;
        // Without a pause threshold a flush completes at once; its result tells nothing that the loops do not notice.
        ValueTask<FlushResult> flushed = _output.Writer.FlushAsync(CancellationToken.None);
        if (flushed.IsCompletedSuccessfully)
            flushed.GetAwaiter().GetResult();
    }

    /// <summary>No more output: the send loop drains, then half-closes. Only under the client's lock.</summary>
    public void CompleteOutput()
    {
        _isComplete = true;
        _output.Writer.Complete();
    }

    /// <summary>Carries the output to the socket until it is complete or the connection is cut.</summary>
    public async Task SendAsync()
    {
        try
        {
            ReadResult result;
            do
            {
                result = await _output.Reader.ReadAsync(Stop.Token);
                foreach (ReadOnlyMemory<byte> segment in result.Buffer)
                    await _stream.WriteAsync(segment, Stop.Token);
                Volatile.Write(ref _sent, _sent + result.Buffer.Length);
                _output.Reader.AdvanceTo(result.Buffer.End);
                _onSent();
            } while (!result.IsCompleted);
            await HalfCloseAsync();
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or OperationCanceledException)
        {
            Abort(error);
        }
    }

    /// <summary>Cuts the socket; both loops end. The first error is kept as the cause.</summary>
    public void Abort(Exception? error)
    {
        if (Interlocked.Exchange(ref _isAborted, 1) != 0)
            return;
        Error = error;
        Stop.Cancel();
        _socket.Dispose();
    }

    public void Dispose()
    {
        Abort(null);
        _stream.Dispose();
        Input.Complete();
        _output.Reader.Complete();
        Stop.Dispose();
    }

    // Closing while something unread lies in the receive buffer would reset the connection, and the server might
    // never see our DISCONNECT. So only our direction ends here, and the receive loop reads until the server closes.
    private async Task HalfCloseAsync()
    {
        if (_stream is SslStream secure)
            await CloseSessionAsync(secure);
        _socket.Shutdown(SocketShutdown.Send);
    }

    // A server that ends the session in this very moment makes OpenSSL refuse ours, by an exception that has no public type.
    // What was sent has left before, and the end of the socket says the rest: nothing is lost without the alert (RFC 8446, 6.1).
    private static async Task CloseSessionAsync(SslStream secure)
    {
        try
        {
            await secure.ShutdownAsync();
        }
        catch (Exception) { }
    }

    private sealed class CountingWriter(ClientConnection connection) : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
            connection._output.Writer.Advance(count);
            Volatile.Write(ref connection._written, connection._written + count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => connection._output.Writer.GetMemory(sizeHint);

        public Span<byte> GetSpan(int sizeHint = 0) => connection._output.Writer.GetSpan(sizeHint);
    }
}
