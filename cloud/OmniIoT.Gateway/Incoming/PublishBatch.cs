using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Routing;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Incoming;

/// <summary>
/// What one read burst brought: messages, what they are to cause in sessions, and the acknowledgements they are owed, in order.
/// Pooled; owned by the connection's reader until submitted, then by whoever commits it.
/// </summary>
internal sealed class PublishBatch(BatchPool pool) : IInboundSource
{
    /// <summary>Keeps a commit fair among connections.</summary>
    private const int MaximumMessages = 512;

    /// <summary>What a busy connection sends while one commit is on its way.</summary>
    private const int MaximumBytes = 256 * 1024;

    private readonly List<PendingAck> _acks = new(16);
    private readonly List<Delivery> _deliveries = [];
    private Connection? _connection;

    public InboundBatch Inbound { get; } = new();

    /// <summary>Messages counted as taken, also those that are not copied because nobody wants them.</summary>
    public int MessageCount { get; set; }

    public bool IsFull => MessageCount >= MaximumMessages || Inbound.Bytes >= MaximumBytes;

    public bool HasEffects => Inbound.SessionEffects.Count > 0;

    public List<Effect> Effects => Inbound.SessionEffects;

    /// <param name="connection">Null for what no connection is owed an acknowledgement for: wills and downlinks.</param>
    public void Open(PrincipalScope scope, Connection? connection, Instant receivedAt)
    {
        (_connection, MessageCount, AlreadyHeld) = (connection, 0, 0);
        Inbound.Reset(scope.Principal ?? default, this, receivedAt);
    }

    public void AddAck(PacketType type, ushort packetIdentifier, int messageIndex, ReasonCode reason = ReasonCode.Success, bool isFirst = false) =>
        _acks.Add(new PendingAck(type, packetIdentifier, messageIndex, reason, isFirst));

    public void AddDelivery(in Delivery delivery) => _deliveries.Add(delivery);

    /// <summary>The number of sessions that get one of its messages.</summary>
    public int DeliveryCount => _deliveries.Count;

    /// <summary>The number of sessions that hold one of its messages from an earlier hand-over.</summary>
    public int AlreadyHeld { get; set; }

    // On the partition's thread, which must not suffer from what is wrong here.
    void IInboundSource.Committed(InboundBatch batch)
    {
        try
        {
            Complete();
        }
        catch (Exception error)
        {
            Log.CompletionFailed(pool.Logger, error);
        }
    }

    /// <summary>All that it caused is durable: acknowledges, hands messages on, and returns to the pool.</summary>
    public void Complete()
    {
        _connection?.WriteAcknowledgements(_acks, Inbound);
        Connection? connection = _connection;
        foreach (Delivery delivery in _deliveries)
        {
            Hand(delivery);
            if (connection is not null && delivery.Session.Congestion is { } congestion) connection.Congestion = congestion;
        }
        Recycle();
        connection?.BatchCompleted();
    }

    /// <summary>It was not submitted and nothing became of it: takes back what it had promised to sessions.</summary>
    public void Abandon()
    {
        foreach (Delivery delivery in _deliveries)
            if (delivery.Entry is { } entry) delivery.Session.Withdraw(entry);
        foreach (PendingAck ack in _acks)
            if (ack.IsFirst) _connection?.Session.TryForget(ack.PacketIdentifier);
        Recycle();
    }

    private void Recycle()
    {
        _acks.Clear();
        _deliveries.Clear();
        _connection = null;
        Inbound.Release();
        pool.Return(this);
    }

    private void Hand(in Delivery delivery)
    {
        if (delivery.Entry is { } entry) delivery.Session.Release(entry);
        else delivery.Session.Deliver(Inbound.Topic(delivery.MessageIndex), Inbound.Payload(delivery.MessageIndex), delivery.Extras, delivery.Terms);
    }
}
