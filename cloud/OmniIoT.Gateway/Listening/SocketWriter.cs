using System.IO.Pipelines;
using System.Net.Sockets;

namespace OmniIoT.Gateway.Listening;

/// <summary>Writes straight from the caller's memory to a non-blocking socket; holds nothing. One writer at a time.</summary>
internal sealed class SocketWriter(Socket socket) : PipeWriter
{
    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        int sent = socket.Send(source.Span, SocketFlags.None, out SocketError error);
        if (error is not (SocketError.Success or SocketError.WouldBlock))
            throw new IOException($"The connection failed: {error}.", new SocketException((int)error));
        if (error == SocketError.WouldBlock)
            sent = 0;
        return sent == source.Length ? default : SendRestAsync(source[sent..], cancellationToken);
    }

    /// <summary>Tells the peer that nothing more comes.</summary>
    public override void Complete(Exception? exception = null)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => default;

    public override void CancelPendingFlush() => throw new NotSupportedException();

    public override void Advance(int bytes) => throw new NotSupportedException();

    public override Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

    public override Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();

    private async ValueTask<FlushResult> SendRestAsync(ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        try
        {
            while (rest.Length > 0)
                rest = rest[await socket.SendAsync(rest, SocketFlags.None, cancellationToken)..];
            return default;
        }
        catch (SocketException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}
