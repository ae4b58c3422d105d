using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Topics;
using OmniIoT.Dialects.AzureIotHub;
using OmniIoT.Domain.Delivery;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Dialects.AzureIotHub;

/// <summary>
/// Downlinks in the hub's words. Methods and changes of desired properties go at QoS 0, to who is there: a device that comes back is
/// sent its waiting commands anew, and reads its twin. Messages go at QoS 1 and are kept.
/// </summary>
internal static class HubUtterances
{
    public static IEnumerable<Utterance> Of(Downlink downlink)
    {
        ParsedTopic topic = PlatformTopics.Parse(Encoding.UTF8.GetBytes(downlink.Topic));
        return topic.Kind switch
        {
            TopicKind.DeviceCommandRequest => Method(downlink, Encoding.UTF8.GetString(topic.CommandId)),
            TopicKind.DeviceMessage => [Message(downlink)],
            TopicKind.DeviceTwinDesired when downlink.Change is not null => [Change(downlink)],
            _ => [],
        };
    }

    private static IEnumerable<Utterance> Method(Downlink downlink, string commandId) =>
        MethodRequest.From(commandId, downlink.Payload) is { } method
            ? [new Utterance(downlink.Target, method.Topic, method.Payload, QualityOfService.AtMostOnce)]
            : [];

    private static Utterance Message(Downlink downlink)
    {
        CloudToDeviceMessage message = CloudToDeviceMessage.From(downlink.Target.Key, downlink.Payload);
        return new Utterance(downlink.Target, message.Topic, message.Payload, QualityOfService.AtLeastOnce);
    }

    private static Utterance Change(Downlink downlink)
    {
        using JsonDocument desired = JsonDocument.Parse(downlink.Payload);
        int version = desired.RootElement.GetProperty("version").GetInt32();
        JsonObject patch = JsonNode.Parse(downlink.Change!)!.AsObject();
        return new Utterance(
            downlink.Target,
            HubTopics.DesiredChange(version),
            TwinDocument.DesiredChange(patch, version),
            QualityOfService.AtMostOnce
        );
    }
}
