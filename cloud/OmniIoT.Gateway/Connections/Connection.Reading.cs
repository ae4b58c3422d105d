using System.Buffers;
using System.IO.Pipelines;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Framing;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Connections;

// The read loop. A burst is decoded in one synchronous pass; what needs waiting (storage, partitions) is done between bursts.
internal sealed partial class Connection
{
    /// <summary>A subscriber that takes nothing for so long has stalled.</summary>
    private static readonly TimeSpan LongestRelief = TimeSpan.FromMilliseconds(200);

    private SessionWork? _work; // Of use once it is sent something.
    private PublishBatch? _batch;
    private PendingRequest? _request;
    private TimeSpan _pause;

    /// <summary>What the acknowledgements of this burst left to be done.</summary>
    public SessionWork Work => _work ??= new SessionWork();

    /// <summary>The batch that this burst fills.</summary>
    public PublishBatch Batch => _batch ??= _parts.Batches.Open(Scope, this);

    /// <summary>Stops the burst: the request is handled, with waiting, before the next packet is read.</summary>
    public void HandleLater(PendingRequest request) => _request = request;

    public void HandleLater<TPacket>(TPacket packet, Func<Connection, TPacket, ValueTask> handle) =>
        HandleLater(new PendingPacket<TPacket>(packet, handle));

    /// <summary>Runs until the connection ends.</summary>
    public async Task ReadAsync()
    {
        PipeReader input = Transport.Input;
        while (Ending is null)
        {
            LastReceivedAt = _parts.Time.GetTimestamp(); // While the gateway held the reader, silence was its own.
            IsReading = true;
            ReadResult result = await input.ReadAsync(Closing.Token);
            IsReading = false;
            if (Ending is not null)
            {
                input.AdvanceTo(result.Buffer.Start);
                return;
            }
            ReadOnlySequence<byte> rest = result.Buffer;
            long length = rest.Length;
            MqttProtocolException? broken = TryReadBurst(ref rest, out bool isMore);
            bool progressed = rest.Length < length;
            input.AdvanceTo(rest.Start, isMore ? rest.Start : rest.End);
            await FinishBurstAsync();
            if (broken is not null)
                End(new ConnectionEnd(broken.ReasonCode, broken.Message));
            if (result.IsCompleted && !progressed && !isMore)
                End(ConnectionEnd.Lost);
        }
    }

    /// <summary>Reading broke off within a burst: nothing of it was submitted, and the client sends it again.</summary>
    public void AbandonBatch()
    {
        _batch?.Abandon();
        _batch = null;
    }

    private bool MustStop => _request is not null || Ending is not null || _batch is { IsFull: true };

    private MqttProtocolException? TryReadBurst(ref ReadOnlySequence<byte> buffer, out bool isMore)
    {
        try
        {
            isMore = ReadBurst(ref buffer);
            return null;
        }
        catch (MqttProtocolException error)
        {
            isMore = false;
            return error;
        }
    }

    // True when it stopped before all whole packets were read.
    private bool ReadBurst(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            int used = ReadSpan(buffer.FirstSpan);
            buffer = buffer.Slice(used);
            if (MustStop)
                return !buffer.IsEmpty;
            if (!PacketFramer.TryReadFrame(ref buffer, Version, _parts.Options.MaximumPacketSize, out PacketFrame frame))
                return false;
            using ContiguousBody body = frame.GetContiguousBody();
            _parts.Handlers.Dispatch(this, frame.Header, body.Span);
            if (MustStop)
                return !buffer.IsEmpty;
        }
    }

    // The packets that lie whole in one span: nearly all of them.
    private int ReadSpan(ReadOnlySpan<byte> span)
    {
        int used = 0;
        while (!MustStop && PacketFramer.TryReadHeader(span[used..], Version, _parts.Options.MaximumPacketSize, out FixedHeader header))
        {
            if (span.Length - used < header.PacketLength)
                return used;
            _parts.Handlers.Dispatch(this, header, span.Slice(used + header.Length, header.BodyLength));
            used += header.PacketLength;
        }
        return used;
    }

    private async ValueTask FinishBurstAsync()
    {
        if (_batch is not null)
            await SubmitBatchAsync();
        if (_pause > TimeSpan.Zero)
            await PauseAsync();
        if (_work is { IsPending: true })
            await _parts.Handlers.FinishAcknowledgementsAsync(this);
        PendingRequest? request = _request;
        _request = null;
        if (request is not null)
            await request.HandleAsync(this);
        if (Congestion is not null)
            await RelieveAsync();
        if (!Output.HasRoom)
            await Output.WaitForRoomAsync().WaitAsync(Closing.Token);
    }

    // A plain broker lets a slow subscriber slow its publishers a little before messages are dropped; a device's telemetry waits for
    // nobody.
    private ValueTask RelieveAsync()
    {
        ConnectionOutput congestion = Congestion!;
        Congestion = null;
        return Scope.IsLaboratory ? congestion.WaitForReliefAsync(LongestRelief, _parts.Time) : ValueTask.CompletedTask;
    }

    private ValueTask SubmitBatchAsync()
    {
        PublishBatch batch = _batch!;
        _batch = null;
        if (Scope.IsLaboratory)
            _parts.Counters.Accepted(batch.MessageCount);
        _pause = Scope.Rate?.Take(batch.MessageCount) ?? TimeSpan.Zero;
        bool mustFollow = HasPendingBatches;
        BatchSubmitted();
        return _parts.Submitter.SubmitAsync(batch, mustFollow, Closing.Token);
    }

    // Its principal publishes faster than it may: what more it sends waits in the network, and its own acknowledgements slow it down.
    private Task PauseAsync()
    {
        TimeSpan pause = _pause;
        _pause = TimeSpan.Zero;
        return Task.Delay(pause, _parts.Time, Closing.Token);
    }
}
