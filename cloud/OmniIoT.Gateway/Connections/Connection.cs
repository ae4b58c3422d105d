using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Gateway.Connections;

/// <summary>
/// One network connection: what CONNECT agreed on, its output, and how it ends. Reading is in Connection.Reading.cs; each packet's
/// meaning is in its handler.
/// </summary>
internal sealed partial class Connection
{
    private readonly ConnectionParts _parts;
    private ConnectionEnd? _end;
    private int _unacknowledged;
    private int _pendingBatches;
    private Session? _session;
    private MatchCache? _matches; // Of use once it publishes.

    public Connection(ConnectionParts parts, ConnectionTransport transport)
    {
        (_parts, Transport) = (parts, transport);
        Output = new ConnectionOutput(
            transport.Output,
            parts.Options.MaximumOutputBytes,
            () => Volatile.Read(ref _session)?.OutputDrained()
        );
        StartedAt = LastReceivedAt = parts.Time.GetTimestamp();
    }

    public ConnectionTransport Transport { get; }

    public ConnectionOutput Output { get; }

    /// <summary>What CONNECT asked for; null until it was accepted.</summary>
    public ConnectPacket? Accepted { get; set; }

    public ProtocolVersion Version { get; set; } = ProtocolVersion.V311;

    /// <summary>The session CONNECT gave it; asked for only once <see cref="Accepted"/> is set.</summary>
    public Session Session
    {
        get => _session!;
        set => Volatile.Write(ref _session, value);
    }

    public PrincipalScope Scope => Session.Scope;

    public PublishEncoder Encoder { get; set; } = PublishEncoder.Plain;

    /// <summary>QoS 1 and 2 messages that the client takes at once.</summary>
    public int SendQuota { get; set; }

    public MatchCache Matches => _matches ??= new MatchCache();

    public IncomingAliases Aliases { get; set; } = IncomingAliases.None;

    /// <summary>The longest silence; zero: any.</summary>
    public TimeSpan Silence { get; set; }

    public WillMessage? Will { get; set; }

    /// <summary>When what it signed in with ends, and it too; null never.</summary>
    public Instant? CredentialsExpireAt { get; set; }

    /// <summary>Timestamp of the gateway's clock.</summary>
    public long StartedAt { get; }

    public long LastReceivedAt { get; private set; }

    /// <summary>Whether it waits for the client; while the gateway itself holds the reader, silence is not the client's.</summary>
    public bool IsReading { get; private set; }

    /// <summary>Whether CONNECT gave it a session, accepted or not.</summary>
    public bool HasSession => Volatile.Read(ref _session) is not null;

    /// <summary>Why it ends; null while it does not.</summary>
    public ConnectionEnd? Ending => Volatile.Read(ref _end);

    /// <summary>Cancelled when it ends.</summary>
    public CancellationTokenSource Closing { get; } = new();

    /// <summary>Whether its end was made known to session, grains and storage. Guarded by the registry's lock.</summary>
    public bool IsDetached { get; set; }

    /// <summary>QoS 1 messages that the client waits to have acknowledged.</summary>
    public int Unacknowledged => Volatile.Read(ref _unacknowledged);

    /// <summary>Whether a batch is on its way to the disk.</summary>
    public bool HasPendingBatches => Volatile.Read(ref _pendingBatches) > 0;

    /// <summary>The output of a subscriber that can hardly keep up with what this connection publishes.</summary>
    public ConnectionOutput? Congestion { get; set; }

    /// <summary>Ends the connection; the first reason counts. The reader sees it and closes.</summary>
    public void End(ConnectionEnd end)
    {
        if (Interlocked.CompareExchange(ref _end, end, null) is not null)
            return;
        try
        {
            Closing.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Its life is over already.
        }
    }

    /// <summary>A QoS 1 message came that is owed a PUBACK.</summary>
    public void AcknowledgementOwed() => Interlocked.Increment(ref _unacknowledged);

    public void BatchSubmitted() => Interlocked.Increment(ref _pendingBatches);

    public void BatchCompleted() => Interlocked.Decrement(ref _pendingBatches);

    /// <summary>Writes the acknowledgements of a durable batch in one go. Called on the committing thread.</summary>
    public void WriteAcknowledgements(List<PendingAck> acks, InboundBatch batch)
    {
        if (acks.Count == 0)
            return;
        int answered = 0;
        int refused = 0;
        using (ConnectionOutput.Appender appender = Output.Append())
        {
            PooledWriter bytes = appender.Bytes;
            foreach (PendingAck ack in acks)
            {
                ReasonCode reason = ack.MessageIndex < 0 ? ack.Reason : ReasonOf(batch[ack.MessageIndex].Outcome);
                WriteAcknowledgement(bytes, ack.Type, ack.PacketIdentifier, reason);
                if (ack.Type == PacketType.PubAck)
                    answered++;
                else if (ack.IsFirst && reason.IsFailure())
                    refused++;
            }
        }
        Interlocked.Add(ref _unacknowledged, -answered);
        if (refused > 0 && Version == ProtocolVersion.V5)
            EndRefused(acks, batch);
    }

    /// <summary>Acknowledges a QoS 1 message that came alone, outside of a batch.</summary>
    public void WritePubAck(ushort packetIdentifier)
    {
        WriteAcknowledgement(PacketType.PubAck, packetIdentifier);
        Interlocked.Decrement(ref _unacknowledged);
    }

    public void WriteAcknowledgement(PacketType type, ushort packetIdentifier, ReasonCode reason = ReasonCode.Success)
    {
        using ConnectionOutput.Appender appender = Output.Append();
        AckWriter.Write(appender.Bytes, Version, type, packetIdentifier, reason);
    }

    public static ReasonCode ReasonOf(MessageOutcome outcome) =>
        outcome switch
        {
            MessageOutcome.PayloadInvalid => ReasonCode.PayloadFormatInvalid,
            MessageOutcome.QuotaExceeded => ReasonCode.QuotaExceeded,
            _ => ReasonCode.Success,
        };

    private void EndRefused(List<PendingAck> acks, InboundBatch batch)
    {
        foreach (PendingAck ack in acks)
        {
            if (ack.IsFirst && ack.MessageIndex >= 0 && batch[ack.MessageIndex].Outcome is not MessageOutcome.Accepted and var outcome)
                Session.Refused(ack.PacketIdentifier, outcome);
        }
    }
}
