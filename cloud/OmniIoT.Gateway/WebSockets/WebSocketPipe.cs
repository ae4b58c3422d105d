using System.Buffers;
using System.IO.Pipelines;
using System.Net.WebSockets;

namespace OmniIoT.Gateway.WebSockets;

/// <summary>
/// A WebSocket as a byte stream: frame borders mean nothing to MQTT, MQTT5 [MQTT-6.0.0-2], MQTT311 [MQTT-6.0.0-2].
/// </summary>
internal sealed class WebSocketPipe : IDuplexPipe
{
    /// <summary>What a small packet needs; grows with what comes.</summary>
    private const int ReceiveBytes = 4096;

    private readonly WebSocket _socket;
    private readonly Pipe _incoming = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Pipe _outgoing = new(new PipeOptions(useSynchronizationContext: false));

    public WebSocketPipe(WebSocket socket) => _socket = socket;

    public PipeReader Input => _incoming.Reader;

    public PipeWriter Output => _outgoing.Writer;

    /// <summary>Moves bytes both ways until the gateway completes both pipes or the peer is gone.</summary>
    public Task RunAsync(CancellationToken aborted) => Task.WhenAll(ReceiveAsync(aborted), SendAsync(aborted));

    private async Task ReceiveAsync(CancellationToken aborted)
    {
        Exception? failure = null;
        try
        {
            while (await ReceiveOnceAsync(aborted)) { }
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            failure = new IOException("The WebSocket ended.", error);
        }
        await _incoming.Writer.CompleteAsync(failure);
    }

    private async ValueTask<bool> ReceiveOnceAsync(CancellationToken aborted)
    {
        ValueWebSocketReceiveResult result = await _socket.ReceiveAsync(Memory<byte>.Empty, aborted); // An idle connection holds no buffer.
        if (result.MessageType == WebSocketMessageType.Close)
            return false;
        Memory<byte> memory = _incoming.Writer.GetMemory(ReceiveBytes);
        result = await _socket.ReceiveAsync(memory, aborted);
        if (result.MessageType == WebSocketMessageType.Close)
            return false;
        if (result.MessageType == WebSocketMessageType.Text)
            throw new WebSocketException("MQTT needs binary frames."); // MQTT5 [MQTT-6.0.0-1], MQTT311 [MQTT-6.0.0-1]
        _incoming.Writer.Advance(result.Count);
        FlushResult flushed = await _incoming.Writer.FlushAsync(aborted);
        return !flushed.IsCompleted;
    }

    private async Task SendAsync(CancellationToken aborted)
    {
        try
        {
            while (await SendOnceAsync(aborted)) { }
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, aborted);
        }
        catch (Exception error)
            when (error is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            _socket.Abort();
        }
        await _outgoing.Reader.CompleteAsync();
    }

    private async ValueTask<bool> SendOnceAsync(CancellationToken aborted)
    {
        ReadResult result = await _outgoing.Reader.ReadAsync(aborted);
        ReadOnlySequence<byte> bytes = result.Buffer;
        foreach (ReadOnlyMemory<byte> piece in bytes)
            await _socket.SendAsync(piece, WebSocketMessageType.Binary, WebSocketMessageFlags.EndOfMessage, aborted);
        _outgoing.Reader.AdvanceTo(bytes.End);
        return !result.IsCompleted;
    }
}
