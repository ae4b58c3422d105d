using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Ports.Messaging;

/// <summary>The gateway of this process: the connections that it holds itself, and the sessions that belong to it.</summary>
public interface ILocalGateway : IDownlinkPublisher
{
    /// <summary>Answered in the place of a number of sessions: the target has none here. Whoever was told that it has looks anew.</summary>
    const int NoneHere = -1;

    /// <summary>Connections that are signed in.</summary>
    long Connections { get; }

    /// <summary>As <see cref="IDownlinkPublisher.PublishAsync"/>, to the sessions of this process.</summary>
    /// <returns>How many sessions have it now; <see cref="NoneHere"/>.</returns>
    /// <param name="isLast">Nobody else gets it: it leaves the outbox in the same commit, if anybody got it here.</param>
    ValueTask<int> PublishAsync(Downlink downlink, bool isLast, CancellationToken cancellationToken);

    /// <summary>Takes over those of the sessions whose process is gone, so that what comes for them is kept.</summary>
    ValueTask AdoptSessionsAsync(IReadOnlyList<OwnedSession> sessions, CancellationToken cancellationToken);

    /// <summary>Counts messages that a principal published at another process against what it may publish in all.</summary>
    /// <returns>How long that process should wait before it reads more of them; usually not at all.</returns>
    TimeSpan CountPublished(EntityId principal, int messages);

    /// <summary>
    /// Gives up a session, whose client came to another process: its connection ends (MQTT 5: 0x8E), and once the task ends all it caused
    /// is in storage and this process has nothing of it any more.
    /// </summary>
    /// <param name="key">The session's, as storage has it.</param>
    ValueTask ReleaseSessionAsync(string key);
}
