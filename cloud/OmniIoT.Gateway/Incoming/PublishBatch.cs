using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Hosting;
using OmniIoT.Gateway.Routing;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;

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
    private readonly List<RetainedChange> _retained = [];
    private Connection? _connection;

    public InboundBatch Inbound { get; } = new();

    /// <summary>Messages counted as taken, also those that are not copied because nobody wants them.</summary>
    public int MessageCount { get; set; }

    public bool IsFull => MessageCount >= MaximumMessages || Inbound.Bytes >= MaximumBytes;

    /// <summary>
    /// It answers for messages that another connection of the session brought, which may not be durable yet: it goes their way, behind
    /// them.
    /// </summary>
    public bool FollowsOthers { get; set; }

    public bool HasEffects => Inbound.SessionEffects.Count > 0;

    public List<Effect> Effects => Inbound.SessionEffects;

    /// <param name="connection">Null for what no connection is owed an acknowledgement for: wills and downlinks.</param>
    public void Open(PrincipalScope scope, Connection? connection, Instant receivedAt)
    {
        (_connection, MessageCount, AlreadyHeld, FollowsOthers) = (connection, 0, 0, false);
        Inbound.Reset(scope.Principal ?? default, this, receivedAt);
    }

    public void AddAck(
        PacketType type,
        ushort packetIdentifier,
        int messageIndex,
        ReasonCode reason = ReasonCode.Success,
        bool isFirst = false
    ) => _acks.Add(new PendingAck(type, packetIdentifier, messageIndex, reason, isFirst));

    public void AddDelivery(in Delivery delivery) => _deliveries.Add(delivery);

    /// <summary>Keeps a retained message in its scope at once and in storage with the batch.</summary>
    public void Retain(PrincipalScope scope, RetainedMessage message)
    {
        _retained.Add(new RetainedChange(scope, message, scope.Retained.Set(message)));
        Effects.Add(new PutRetained(message));
    }

    /// <summary>The number of sessions that get one of its messages.</summary>
    public int DeliveryCount => _deliveries.Count;

    /// <summary>The number of sessions that hold one of its messages from an earlier hand-over.</summary>
    public int AlreadyHeld { get; set; }

    void IInboundSource.Committed(InboundBatch batch) => Complete();

    /// <summary>
    /// All that it caused is durable: acknowledges, hands messages on, and returns to the pool. Never throws: whoever cannot be told
    /// loses its connection, and the others get theirs.
    /// </summary>
    public void Complete()
    {
        Connection? connection = _connection;
        Acknowledge(connection);
        foreach (Delivery delivery in _deliveries)
            Hand(delivery, connection);
        Recycle();
        connection?.BatchCompleted();
    }

    /// <summary>It was not submitted and nothing became of it: takes back what it had promised to sessions and what it retained.</summary>
    public void Abandon()
    {
        for (int i = _retained.Count - 1; i >= 0; i--)
            _retained[i].Undo();
        foreach (Delivery delivery in _deliveries)
            if (delivery.Entry is { } entry)
                delivery.Session.Withdraw(entry);
        foreach (PendingAck ack in _acks)
            if (ack.IsFirst)
                _connection?.Session.TryForget(ack.PacketIdentifier);
        Recycle();
    }

    private void Recycle()
    {
        _acks.Clear();
        _deliveries.Clear();
        _retained.Clear();
        _connection = null;
        Inbound.Release();
        pool.Return(this);
    }

    private void Acknowledge(Connection? connection)
    {
        if (connection is null)
            return;
        try
        {
            connection.WriteAcknowledgements(_acks, Inbound);
        }
        catch (Exception error)
        {
            Log.CompletionFailed(pool.Logger, error);
            connection.End(ConnectionEnd.Failed); // It sends again what it was not acknowledged.
        }
    }

    private void Hand(in Delivery delivery, Connection? from)
    {
        try
        {
            Hand(delivery);
            if (from is not null && delivery.Session.Congestion is { } congestion)
                from.Congestion = congestion;
        }
        catch (Exception error)
        {
            Log.DeliveryFailed(pool.Logger, delivery.Session.Key, error);
            delivery.Session.Fail(); // What it holds is sent when it is back.
        }
    }

    private void Hand(in Delivery delivery)
    {
        if (delivery.Entry is { } entry)
            delivery.Session.Release(entry);
        else
            delivery.Session.Deliver(
                Inbound.Topic(delivery.MessageIndex),
                Inbound.Payload(delivery.MessageIndex),
                delivery.Extras,
                delivery.Terms
            );
    }

    /// <param name="Before">What it took the place of; null for none.</param>
    private readonly record struct RetainedChange(PrincipalScope Scope, RetainedMessage Message, RetainedMessage? Before)
    {
        public void Undo() => Scope.Retained.Undo(Message, Before);
    }
}
