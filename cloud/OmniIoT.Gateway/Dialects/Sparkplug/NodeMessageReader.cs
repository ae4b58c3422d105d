using System.Diagnostics.CodeAnalysis;
using OmniIoT.Devices.Payloads;
using OmniIoT.Dialects.Sparkplug;
using OmniIoT.Dialects.Sparkplug.Payloads;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;

namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>Takes a message of a node apart, or says why it is not understood.</summary>
internal static class NodeMessageReader
{
    public static bool TryRead(
        SparkplugRequest request,
        [NotNullWhen(true)] out SparkplugTopic? topic,
        [NotNullWhen(true)] out SparkplugPayload? payload,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        payload = null;
        refusal = null;
        if (!SparkplugTopic.TryParse(request.Topic, out topic))
            refusal = new Refusal(DeadLetterReason.WrongShape, "no Sparkplug B topic of an edge node or a device");
        else if (topic.Type is MessageType.NodeCommand or MessageType.DeviceCommand)
            refusal = new Refusal(DeadLetterReason.WrongShape, "commands come from the host, not from a node");
        else if (request.Payload.Length > Payload.MaxBytes)
            refusal = new Refusal(
                DeadLetterReason.TooLarge,
                $"the payload has {request.Payload.Length} bytes, {Payload.MaxBytes} are allowed"
            );
        else if (!PayloadReader.TryRead(request.Payload, out payload, out PayloadFault? fault))
            refusal = new Refusal(fault.IsTooLarge ? DeadLetterReason.TooLarge : DeadLetterReason.WrongShape, fault.Detail);
        return refusal is null;
    }
}
