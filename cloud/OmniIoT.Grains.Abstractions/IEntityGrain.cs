using OmniIoT.Ports.Messaging;
using Orleans;

namespace OmniIoT.Grains.Abstractions;

/// <summary>
/// The state and behaviour of one device or one customer, touched by one turn at a time. What arrives while a commit is on its way
/// forms the next turn. Its key is the id of the device or the customer.
/// </summary>
public interface IEntityGrain : IGrainWithStringKey
{
    /// <summary>Takes messages of the entity. The task ends when all that they caused is durable, with what became of each.</summary>
    [ResponseTimeout("01:00:00")]
    Task<ParcelReceipt> SubmitAsync(InboundParcel parcel);

    /// <summary>Tells of something that concerns the entity's connections. The task ends once that waits for its turn.</summary>
    Task NotifyAsync(GatewayNotice notice);

    /// <summary>A due time has come. The task ends with the commit of what that caused.</summary>
    [ResponseTimeout("01:00:00")]
    Task WakeAsync();
}
