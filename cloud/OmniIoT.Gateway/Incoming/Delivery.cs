using OmniIoT.Gateway.Outgoing;
using OmniIoT.Gateway.Sessions;

namespace OmniIoT.Gateway.Incoming;

/// <summary>One message of a batch on its way to one session, once the batch is durable.</summary>
/// <param name="Entry">Null when topic and payload are taken from the batch at the time.</param>
internal readonly record struct Delivery(
    Session Session,
    int MessageIndex,
    OutboundEntry? Entry,
    MessageExtras Extras,
    DeliveryTerms Terms
);
