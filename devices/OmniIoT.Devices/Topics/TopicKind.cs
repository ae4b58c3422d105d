namespace OmniIoT.Devices.Topics;

/// <summary>What a topic of ours carries; <see cref="Unknown"/> for every other topic.</summary>
public enum TopicKind : byte
{
    Unknown,
    DeviceTelemetry,
    DeviceLocation,
    DeviceEvents,
    DeviceSightings,
    DeviceTwinReported,
    DeviceTwinDesired,
    DeviceCommandRequest,
    DeviceCommandResponse,
    DeviceMessage,
    CustomerLocation,
    CustomerSightings,
    CustomerOffers,
    CustomerMessages,
}
