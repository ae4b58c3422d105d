using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using Orleans;

namespace OmniIoT.Grains.Abstractions;

/// <summary>
/// One running process of the cluster, asked for what only it has: its connections. Its key is the process's name; it lives there and
/// nowhere else, so that calls to one that ended fail.
/// </summary>
public interface IProcessGrain : IGrainWithStringKey
{
    /// <inheritdoc cref="Ports.Messaging.ILocalGateway.PublishAsync"/>
    Task<int> PublishAsync(Downlink downlink, bool isLast);

    /// <inheritdoc cref="Ports.Messaging.IDownlinkPublisher.DisconnectAsync"/>
    Task DisconnectAsync(EntityId principal, string reason);

    /// <summary>
    /// Gives up a session, whose client came to another process: its connection ends, and all it caused is in storage when the task ends.
    /// </summary>
    /// <param name="key">The session's, as storage has it.</param>
    Task ReleaseSessionAsync(string key);

    /// <summary>Looks for what waits to be delivered: the caller left something that is this process's share.</summary>
    Task WakeDeliveriesAsync();

    /// <summary>
    /// Devices whose twins changed there since the asking process last asked; they are watched for from the first time on.
    /// </summary>
    Task<IReadOnlyCollection<string>> TakeTouchedAsync(string process);

    /// <summary>How the process is now.</summary>
    Task<ProcessLoad> LoadAsync();
}

/// <param name="Connections">Signed in over MQTT.</param>
/// <param name="Grains">In memory.</param>
/// <param name="MessagesPerSecond">Accepted or refused within the last seconds.</param>
public sealed record ProcessLoad(string Version, long Connections, long Grains, double MessagesPerSecond);
