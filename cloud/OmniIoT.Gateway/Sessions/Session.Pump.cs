using OmniIoT.Domain.Effects;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Sessions;

// The pump moves waiting messages up as the client acknowledges and its connection takes bytes. One runs at a time, which keeps
// the order.
internal sealed partial class Session
{
    private bool _pumping;
    private bool _pumpAgain;

    /// <summary>
    /// Answers CONNECT and begins to send: nothing else goes out before CONNACK, MQTT5 [MQTT-3.2.0-1], MQTT311 [MQTT-3.2.0-1].
    /// </summary>
    /// <returns>False when the client takes no packet as large as CONNACK.</returns>
    public bool GoOnline(Connection connection, ConnAckPacket answer)
    {
        lock (_lock)
        {
            if (connection.Ending is not null)
                return true; // Taken over meanwhile: the session is another's.
            if (!connection.TryAnswer((output, _) => answer.Encode(connection.Version, output), null))
                return false;
            _outstanding = 0;
            _told = null;
            _resend.Clear();
            IEnumerable<OutboundEntry> unacknowledged = _inFlight
                .Values.Where(message => message.Entry is { IsDurable: true })
                .Select(message => message.Entry!);
            foreach (OutboundEntry entry in unacknowledged.OrderBy(entry => entry.Order))
                _resend.Enqueue(entry); // MQTT5 [MQTT-4.4.0-1], MQTT311 [MQTT-4.4.0-1]
            Volatile.Write(ref _online, connection);
            return true;
        }
    }

    /// <summary>Called when the connection's output has run empty.</summary>
    public void OutputDrained()
    {
        lock (_lock)
        {
            if (_online is not { } connection || !CanPump(connection))
                return;
        }
        StartPump();
    }

    /// <summary>Commits what was acknowledged and sends what may be sent now.</summary>
    public async ValueTask PumpAsync(List<Effect> acknowledged, CancellationToken cancellationToken)
    {
        BeginWrite();
        try
        {
            await PumpAllAsync(acknowledged, cancellationToken);
        }
        catch
        {
            Fail(); // What was promoted and not sent is in flight: it goes out when the client is back.
            throw;
        }
        finally
        {
            EndWrite();
        }
    }

    private async ValueTask PumpAllAsync(List<Effect> acknowledged, CancellationToken cancellationToken)
    {
        List<OutboundEntry> promoted = [];
        List<Effect> effects = acknowledged;
        bool again = true;
        while (again)
        {
            bool isMine = TryBeginPump(promoted, effects);
            if (isMine || effects.Count > 0)
                await CommitAsync(effects, isMine, cancellationToken);
            if (!isMine)
                return;
            again = EndPump(promoted);
            effects = [];
        }
    }

    private async ValueTask CommitAsync(List<Effect> effects, bool isMine, CancellationToken cancellationToken)
    {
        bool done = false;
        try
        {
            if (effects.Count > 0)
                await parts.Commits.CommitAsync(effects, cancellationToken);
            done = true;
        }
        finally
        {
            if (isMine && !done)
                AbandonPump();
        }
    }

    private bool TryBeginPump(List<OutboundEntry> promoted, List<Effect> effects)
    {
        lock (_lock)
        {
            if (_pumping)
            {
                _pumpAgain = true;
                return false;
            }
            if (_online is not { } connection || IsEnded)
                return false;
            Resend(connection);
            Promote(connection, promoted, effects);
            if (_postponedEffects.Count > 0)
            {
                effects.AddRange(_postponedEffects);
                _postponedEffects = [];
            }
            if (promoted.Count == 0)
                return false;
            _pumping = true;
            return true;
        }
    }

    private bool EndPump(List<OutboundEntry> promoted)
    {
        lock (_lock)
        {
            _pumping = false; // First, so that an entry that cannot be sent does not hold up the session for ever.
            foreach (OutboundEntry entry in promoted)
            {
                if (_online is { } connection && entry.CountedOn == connection)
                    Send(connection, entry, dup: false);
                else if (_online is not null && !IsEnded)
                    _resend.Enqueue(entry);
            }
            promoted.Clear();
            bool again = _pumpAgain || (_online is { } current && CanPump(current));
            _pumpAgain = false;
            return again;
        }
    }

    private void AbandonPump()
    {
        lock (_lock)
        {
            _pumping = false;
            _pumpAgain = false;
        }
    }

    private bool CanPump(Connection connection) =>
        !_pumping
        && _outstanding < connection.SendQuota
        && connection.Output.HasRoom
        && (_resend.Count > 0 || (_queue.TryPeek(out OutboundEntry? first) && first.IsDurable));

    // In flight since an earlier connection: storage knows them, they need no commit.
    private void Resend(Connection connection)
    {
        while (_resend.Count > 0 && _outstanding < connection.SendQuota && connection.Output.HasRoom)
        {
            OutboundEntry entry = _resend.Dequeue();
            entry.CountedOn = connection;
            _outstanding++;
            if (entry.State == StoredMessageState.Released)
                connection.WriteAcknowledgement(PacketType.PubRel, entry.PacketIdentifier);
            else
                Send(connection, entry, dup: entry.WasSent); // MQTT5 [MQTT-3.3.1-1], MQTT311 [MQTT-3.3.1-1]
        }
    }

    private void Promote(Connection connection, List<OutboundEntry> promoted, List<Effect> effects)
    {
        int bytes = connection.Output.QueuedBytes;
        while (
            _resend.Count == 0
            && _outstanding < connection.SendQuota
            && bytes < parts.Options.MaximumOutputBytes
            && _queue.TryPeek(out OutboundEntry? first)
            && first.IsDurable
        )
        {
            OutboundEntry entry = Dequeue();
            if (entry.IsWithdrawn)
                continue;
            if (entry.HasExpired(parts.Time.Now()))
            {
                NextPacketIdentifier(); // Messages are numbered in the order they were taken in, sent or not.
                if (IsPersistent)
                    effects.Add(new DeleteSessionMessage(Key, entry.Order));
                continue;
            }
            PutInFlight(entry, connection);
            if (IsPersistent)
                effects.Add(new PutSessionMessage(Key, entry.ToStored()));
            promoted.Add(entry);
            bytes += entry.Message.Bytes;
        }
    }

    private void StartPump() => parts.Background.Run(() => PumpAsync([], parts.Background.Stopping));
}
