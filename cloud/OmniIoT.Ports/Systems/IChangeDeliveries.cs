using OmniIoT.Devices.Time;
using OmniIoT.Domain.Systems;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Ports.Systems;

/// <summary>
/// Changes on their way to other systems. The store writes one for each change and each system that wants it, in the same commit; they go
/// on by the effects <c>NoteDelivery</c>, <c>Redeliver</c> and <c>DropDeliveries</c>, and go with their system and their customer.
/// </summary>
public interface IChangeDeliveries
{
    /// <summary>
    /// The first of each lane of a system that waits, where it is due: those behind it wait for it. Longest due first, without
    /// <see cref="ChangeDelivery.Json"/>; costs as much as it gives, however many wait.
    /// </summary>
    ValueTask<IReadOnlyList<ChangeDelivery>> DueAsync(string system, Instant now, int limit, CancellationToken cancellationToken);

    /// <summary>Those of a system, newest first.</summary>
    ValueTask<Page<ChangeDelivery>> ListAsync(string system, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Null: the system has none of the id.</summary>
    ValueTask<ChangeDelivery?> FindAsync(string system, string id, CancellationToken cancellationToken);
}
