using System.Text.Json;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Outbound;

/// <summary>The dead letter of a message that its provider did not take.</summary>
internal static class UndeliverableMessage
{
    /// <summary>It has the message's id: written twice it is one. What browsers read by is nothing for who reads it.</summary>
    public static DeadLetter Of(OutgoingMessage message, Instant at, string why) =>
        DeadLetter.Undelivered(
            message.MessageId,
            at,
            $"channels/{message.Channel}",
            EntityId.Customer(message.CustomerId),
            why,
            JsonSerializer.SerializeToUtf8Bytes(message with { Browsers = [] }, OmniJson.Options)
        ) with
        {
            MessageId = message.MessageId,
        };
}
