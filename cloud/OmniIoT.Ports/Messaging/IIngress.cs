using OmniIoT.Devices.Time;
using OmniIoT.Domain;

namespace OmniIoT.Ports.Messaging;

/// <summary>The way from the gateway to the grains.</summary>
public interface IIngress
{
    /// <summary>
    /// Hands a batch to the partition that owns its principal. Waits while the partition's inbox is full, so that a reader
    /// that awaits it slows its device down. Nothing is dropped.
    /// </summary>
    ValueTask SubmitAsync(InboundBatch batch, CancellationToken cancellationToken);

    /// <summary>Tells a grain of something that concerns its connections. Ordered with the batches of the same principal.</summary>
    ValueTask NotifyAsync(EntityId grain, GatewayNotice notice, CancellationToken cancellationToken);
}

/// <summary>What the gateway tells a grain.</summary>
public abstract record GatewayNotice(Instant At);

/// <summary>A connection of the principal was accepted.</summary>
/// <param name="Process">The run of the process that holds the connection; see <see cref="Cluster.IProcesses"/>.</param>
public sealed record SessionOpened(Instant At, string Process, string ClientId, string Address) : GatewayNotice(At);

/// <summary>A connection of the principal ended.</summary>
/// <param name="Process">The run of the process that held it.</param>
/// <param name="Reason">For people: <c>keep-alive timeout</c>, <c>client disconnected</c>, ….</param>
public sealed record SessionClosed(Instant At, string Process, string ClientId, string Reason) : GatewayNotice(At);

/// <summary>
/// A session of the principal can now receive messages for some of its down topics: it subscribed, or came back with its subscriptions.
/// </summary>
/// <param name="Held">References of the downlinks that the session holds already: they need not be sent again.</param>
public sealed record DownlinksWanted(Instant At, string ClientId, IReadOnlyList<string> Held) : GatewayNotice(At);

/// <summary>A downlink was handed to that many sessions (0: none wants it now), or acknowledged by a client.</summary>
public sealed record DownlinkProgress(Instant At, string Reference, int Sessions, bool Acknowledged) : GatewayNotice(At);
