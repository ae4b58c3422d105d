using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Systems;

namespace OmniIoT.Commit.Delivery;

/// <summary>The dead letter of a change that another system did not take.</summary>
internal static class UndeliverableChange
{
    /// <param name="id">The dead letter's own: the same delivery may end so again, when it was sent once more.</param>
    public static DeadLetter Of(ChangeDelivery delivery, string id, Instant at, string why) =>
        DeadLetter.Undelivered(
            id,
            at,
            $"{delivery.System}/{delivery.Id}",
            delivery.CustomerId is { } customer ? EntityId.Customer(customer) : EntityId.Device(delivery.DeviceId ?? ""),
            why,
            delivery.Json.ToArray()
        );
}
