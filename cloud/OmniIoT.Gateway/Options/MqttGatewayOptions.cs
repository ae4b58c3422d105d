using System.Security.Cryptography.X509Certificates;
using OmniIoT.Gateway.Connections;
using OmniIoT.Mqtt.Wire;

namespace OmniIoT.Gateway.Options;

/// <summary>
/// Limits of the MQTT gateway. Every default says where its number comes from; <see cref="Laboratory"/> is the preset of
/// laboratory mode.
/// </summary>
public sealed record MqttGatewayOptions
{
    /// <summary>The preset of laboratory mode: plain broker behaviour as outside conformance suites expect it.</summary>
    public static MqttGatewayOptions Laboratory { get; } =
        new()
        {
            AllowAnonymous = true,
            MaximumPacketSize = 2_000_000,
            ReceiveMaximum = 20,
            MaximumKeepAlive = TimeSpan.FromSeconds(60),
            MaximumSubscriptions = 100_000,
            MaximumRetained = 1_000_000,
            MaximumOutputBytes = 16 * 1024 * 1024,
            MaximumSessionExpiry = TimeSpan.MaxValue,
            MaximumClientIdLength = ushort.MaxValue,
            ExplainsRefusals = false,
            MaximumTopicLevels = ushort.MaxValue,
            MaximumMessagesPerSecond = int.MaxValue,
        };

    /// <summary>Laboratory mode: no credentials, any topic, nothing goes to grains. Default false.</summary>
    public bool AllowAnonymous { get; init; }

    /// <summary>
    /// Bytes of the largest packet a client may send, announced in 5.0. Default 1 MiB: the public contract. 1,024 to 256 MiB.
    /// </summary>
    public int MaximumPacketSize { get; init; } = 1024 * 1024;

    /// <summary>
    /// Unacknowledged QoS 1 and 2 messages that a 5.0 client may have on their way to us (3.1.1: open QoS 2 messages).
    /// Default 1,000: ten times the window of a busy edge agent. 1 to 65,535.
    /// </summary>
    public int ReceiveMaximum { get; init; } = 1000;

    /// <summary>Topic aliases a client may set. Default 10: as many as conformance suites expect. 0 to 65,535.</summary>
    public int TopicAliasMaximum { get; init; } = 10;

    /// <summary>Aliases set towards a client that allows them. Default 10. 0 to 65,535.</summary>
    public int OutgoingTopicAliasMaximum { get; init; } = 10;

    /// <summary>
    /// A 5.0 client that asks for more is given this keep-alive. Default 1 h: a dead peer is noticed within 90 minutes,
    /// and no battery device wakes more often for it. 1 s to 65,535 s.
    /// </summary>
    public TimeSpan MaximumKeepAlive { get; init; } = TimeSpan.FromHours(1);

    /// <summary>From the connection to its CONNECT. Default 10 s: a TLS handshake over a bad radio link takes up to 5 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the last bytes of a connection may take to leave. Default 5 s: twenty round trips over a bad radio link.</summary>
    public TimeSpan CloseTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Longest life of a session without a connection: what a 3.1.1 client without clean session gets, and the most a 5.0
    /// client gets. Default 7 days: a weekend and a holiday. <see cref="TimeSpan.MaxValue"/>: for ever.
    /// </summary>
    public TimeSpan MaximumSessionExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Unacknowledged QoS 1 and 2 messages on their way to one client, below its own receive maximum. Default 100. 1 to 65,535.
    /// </summary>
    public int MaximumInFlight { get; init; } = 100;

    /// <summary>
    /// QoS 1 and 2 messages that wait for one session. What comes when the queue is full is dropped and counted: what was
    /// accepted is kept. Default 1,000. At least 1.
    /// </summary>
    public int MaximumQueuedMessages { get; init; } = 1000;

    /// <summary>
    /// Bytes of topics and payloads that wait for one session; overflow as above. Default 4 MiB: four of the largest packets.
    /// </summary>
    public int MaximumQueuedBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>
    /// Bytes that wait to be written to one connection. Above it QoS 0 messages are dropped and counted, QoS 1 and 2 wait in the
    /// session, and the connection's own packets are not read. Default 1 MiB.
    /// </summary>
    public int MaximumOutputBytes { get; init; } = 1024 * 1024;

    /// <summary>Subscriptions of one session; more are refused with 0x97. Default 100.</summary>
    public int MaximumSubscriptions { get; init; } = 100;

    /// <summary>Retained messages of one principal; more are delivered but not retained, and counted as dropped. Default 1,000.</summary>
    public int MaximumRetained { get; init; } = 1000;

    /// <summary>
    /// Characters of a client id; longer ones are refused with 0x85. Default 256: twice the longest id of a device. 23 to 65,535.
    /// </summary>
    public int MaximumClientIdLength { get; init; } = 256;

    /// <summary>
    /// Whether refusals are told in words as well, to 5.0 clients that do not ask for none, and a broken 5.0 CONNECT is answered before
    /// the connection is closed; both are left to the server. Default true; false in laboratory mode, because conformance suites
    /// compare packets byte by byte.
    /// </summary>
    public bool ExplainsRefusals { get; init; } = true;

    /// <summary>
    /// Levels of a topic or a filter; deeper ones are refused. Default 32: ours have five, those of other vendors' clients up to
    /// ten. 5 to 65,535, which is as many as fit.
    /// </summary>
    public int MaximumTopicLevels { get; init; } = 32;

    /// <summary>
    /// Messages per second of one principal, over all its connections, with a second's worth at once; what is more is read later,
    /// never lost. Default 50,000: far above any device, far below what a host takes. At least 1.
    /// </summary>
    public int MaximumMessagesPerSecond { get; init; } = 50_000;

    /// <summary>
    /// Bytes of topics and payloads that wait for all sessions together; overflow as for one session. Default 512 MiB: a quarter of
    /// a small machine. At least 1 MiB.
    /// </summary>
    public long MaximumQueuedBytesInAll { get; init; } = 512L * 1024 * 1024;

    /// <summary>Connections in all; more are closed at once. Default 100,000.</summary>
    public int MaximumConnections { get; init; } = 100_000;

    /// <summary>Connections of one address; more are closed at once. Default 1,000: a factory behind one address. At least 1.</summary>
    public int MaximumConnectionsPerAddress { get; init; } = 1000;

    /// <summary>Refused sign-ins of one address before it is closed for <see cref="BadSignInPause"/>. Default 10.</summary>
    public int BadSignInsPerAddress { get; init; } = 10;

    /// <summary>Default 60 s.</summary>
    public TimeSpan BadSignInPause { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Whether limits per address hold for loopback too. Default false: edge agents and simulators of this machine share it.
    /// </summary>
    public bool LimitsLoopback { get; init; }

    /// <summary>Authorities whose certificates sign a device in by its subject's common name. Default none.</summary>
    public X509Certificate2Collection ClientAuthorities { get; init; } = [];

    /// <summary>Whether limits per address hold for a connection.</summary>
    internal bool Limits(ConnectionTransport transport) => LimitsLoopback || !transport.IsLoopback;

    /// <summary>Whether a topic or filter has too many levels: every level is a step in the tree of subscriptions.</summary>
    internal bool IsTooDeep(ReadOnlySpan<byte> topic) => topic.Count((byte)'/') >= MaximumTopicLevels;

    /// <summary>Every mistake, each with the name of its option and what is allowed; empty when all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        List<string> mistakes = [];
        Require(mistakes, nameof(MaximumPacketSize), MaximumPacketSize, 1024, VariableByteInteger.Maximum);
        Require(mistakes, nameof(ReceiveMaximum), ReceiveMaximum, 1, ushort.MaxValue);
        Require(mistakes, nameof(TopicAliasMaximum), TopicAliasMaximum, 0, ushort.MaxValue);
        Require(mistakes, nameof(OutgoingTopicAliasMaximum), OutgoingTopicAliasMaximum, 0, ushort.MaxValue);
        Require(mistakes, nameof(MaximumInFlight), MaximumInFlight, 1, ushort.MaxValue);
        Require(mistakes, nameof(MaximumQueuedMessages), MaximumQueuedMessages, 1, int.MaxValue);
        Require(mistakes, nameof(MaximumQueuedBytes), MaximumQueuedBytes, 1024, int.MaxValue);
        Require(mistakes, nameof(MaximumOutputBytes), MaximumOutputBytes, 4096, int.MaxValue);
        Require(mistakes, nameof(MaximumSubscriptions), MaximumSubscriptions, 1, int.MaxValue);
        Require(mistakes, nameof(MaximumRetained), MaximumRetained, 0, int.MaxValue);
        Require(mistakes, nameof(MaximumClientIdLength), MaximumClientIdLength, 23, ushort.MaxValue);
        Require(mistakes, nameof(MaximumTopicLevels), MaximumTopicLevels, 5, ushort.MaxValue);
        Require(mistakes, nameof(MaximumMessagesPerSecond), MaximumMessagesPerSecond, 1, int.MaxValue);
        Require(mistakes, nameof(MaximumQueuedBytesInAll), MaximumQueuedBytesInAll, 1024 * 1024, long.MaxValue);
        Require(mistakes, nameof(MaximumConnections), MaximumConnections, 1, int.MaxValue);
        Require(mistakes, nameof(MaximumConnectionsPerAddress), MaximumConnectionsPerAddress, 1, int.MaxValue);
        Require(mistakes, nameof(BadSignInsPerAddress), BadSignInsPerAddress, 1, int.MaxValue);
        Require(mistakes, nameof(MaximumKeepAlive), MaximumKeepAlive, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(ushort.MaxValue));
        Require(mistakes, nameof(ConnectTimeout), ConnectTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Require(mistakes, nameof(CloseTimeout), CloseTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Require(mistakes, nameof(MaximumSessionExpiry), MaximumSessionExpiry, TimeSpan.Zero, TimeSpan.MaxValue);
        Require(mistakes, nameof(BadSignInPause), BadSignInPause, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        return mistakes;
    }

    private static void Require<T>(List<string> mistakes, string option, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0)
            return;
        mistakes.Add(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{option} is {value}; allowed is {least} to {most}.")
        );
    }
}
