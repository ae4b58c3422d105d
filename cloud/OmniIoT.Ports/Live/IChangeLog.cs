using OmniIoT.Devices.Time;

namespace OmniIoT.Ports.Live;

/// <summary>
/// Something became true, for whoever watches. <see cref="Sequence"/> rises in the order of the commits.
/// </summary>
/// <param name="Kind">A timeline kind (the payload is the entry), or <c>case alarm visit offer decision conversation message</c> (the
/// payload is the object).</param>
/// <param name="Json">The payload, UTF-8.</param>
public sealed record Change(long Sequence, Instant At, string Kind, string? CustomerId, string? DeviceId, ReadOnlyMemory<byte> Json);

/// <summary>The recent changes, kept so that a watcher who lost its connection can resume.</summary>
public interface IChangeLog
{
    /// <summary>Whether other processes write it as well: then what this one commits is not all that happens.</summary>
    bool IsShared { get; }

    /// <summary>Changes after <paramref name="sequence"/>, oldest first.</summary>
    ValueTask<IReadOnlyList<Change>> AfterAsync(long sequence, int limit, CancellationToken cancellationToken);

    /// <summary>The newest sequence number; 0 when there is none.</summary>
    ValueTask<long> LastAsync(CancellationToken cancellationToken);
}
