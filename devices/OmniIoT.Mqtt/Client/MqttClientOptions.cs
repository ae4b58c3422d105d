using System.Collections.Immutable;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Mqtt.Client;

/// <summary>What a client connects to, as whom, and within which bounds.</summary>
public sealed record MqttClientOptions
{
    public required string Host { get; init; }

    public int Port { get; init; } = 1883;

    /// <summary>Null: plain TCP.</summary>
    public MqttTlsOptions? Tls { get; init; }

    public ProtocolVersion Version { get; init; } = ProtocolVersion.V5;

    /// <summary>Empty: the server chooses one (in 3.1.1 only with <see cref="CleanStart"/>).</summary>
    public string ClientId { get; init; } = "";

    /// <summary>Start without what an earlier session left. In 5.0 only the first connection does; in 3.1.1 every one.</summary>
    public bool CleanStart { get; init; } = true;

    /// <summary>
    /// How long the server keeps the session after a loss, in whole seconds; 5.0 only. <see cref="TimeSpan.MaxValue"/>: for ever.
    /// </summary>
    public TimeSpan SessionExpiryInterval { get; init; }

    public string? UserName { get; init; }

    public ReadOnlyMemory<byte>? Password { get; init; }

    public WillMessage? Will { get; init; }

    /// <summary>Sent with CONNECT; 5.0 only.</summary>
    public ImmutableArray<UserProperty> UserProperties { get; init; } = [];

    /// <summary>Whole seconds, at most 65,535; zero: none. A 5.0 server may replace it.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// QoS 1 and 2 messages not yet acknowledged, 1 to 65,000; the server's receive maximum may lower what is on the wire.
    /// </summary>
    public int MaximumInFlight { get; init; } = 1000;

    /// <summary>QoS 1 and 2 messages the server may send before the first is acknowledged; 5.0 only.</summary>
    public ushort ReceiveMaximum { get; init; } = 1000;

    /// <summary>Largest packet taken from the server, in bytes.</summary>
    public int MaximumPacketSize { get; init; } = 1 << 20;

    /// <summary>Bytes that may wait for the socket before <c>TryPublish</c> says no and <c>PublishAsync</c> waits.</summary>
    public int MaximumUnsentBytes { get; init; } = 1 << 20;

    /// <summary>For name resolution, TCP, TLS and CONNACK together.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>For DISCONNECT and the server's closing; then the connection is cut. An edge agent has five seconds to stop in.</summary>
    public TimeSpan DisconnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Connect again after a loss.</summary>
    public bool Reconnect { get; init; } = true;

    /// <summary>The wait before the first reconnect; it doubles with every failure, and a random half of it is taken off.</summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan MaximumReconnectDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// True: a message is acknowledged when the handler has finished; false: by <see cref="ReceivedMessage.Acknowledge"/>.
    /// </summary>
    public bool AcknowledgeAutomatically { get; init; } = true;

    /// <summary>Keeps credentials out of logs.</summary>
    public override string ToString() => $"{ClientId}@{Host}:{Port} {Version}{(Tls is null ? "" : " TLS")}";

    internal void Validate()
    {
        ArgumentException.ThrowIfNullOrEmpty(Host);
        RequireRange(Port, 1, ushort.MaxValue, nameof(Port));
        RequireRange(MaximumInFlight, 1, 65_000, nameof(MaximumInFlight));
        RequireRange(ReceiveMaximum, 1, ushort.MaxValue, nameof(ReceiveMaximum));
        RequireRange(MaximumPacketSize, 2, VariableByteInteger.Maximum, nameof(MaximumPacketSize));
        RequireRange(MaximumUnsentBytes, 1, int.MaxValue, nameof(MaximumUnsentBytes));
        RequireRange((long)KeepAlive.TotalSeconds, 0, ushort.MaxValue, nameof(KeepAlive));
        if (ConnectTimeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(ConnectTimeout));
        if (DisconnectTimeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(DisconnectTimeout));
        if (ReconnectDelay <= TimeSpan.Zero || MaximumReconnectDelay < ReconnectDelay)
            throw new ArgumentOutOfRangeException(nameof(ReconnectDelay));
    }

    internal ConnectPacket ToConnectPacket(bool isFirstConnection) =>
        new(Version, ClientId)
        {
            CleanStart = CleanStart && (isFirstConnection || Version == ProtocolVersion.V311),
            KeepAliveSeconds = (ushort)KeepAlive.TotalSeconds,
            UserName = UserName,
            Password = Password,
            Will = Will,
            Properties = new PacketProperties
            {
                SessionExpiryIntervalSeconds =
                    SessionExpiryInterval == TimeSpan.Zero ? null : (uint)Math.Min(SessionExpiryInterval.TotalSeconds, uint.MaxValue),
                ReceiveMaximum = ReceiveMaximum,
                MaximumPacketSize = (uint)MaximumPacketSize,
                UserProperties = UserProperties,
            },
        };

    private static void RequireRange(long value, long minimum, long maximum, string name)
    {
        if (value < minimum || value > maximum)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {minimum} to {maximum}.");
    }
}
