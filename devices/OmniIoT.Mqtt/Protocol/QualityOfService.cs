namespace OmniIoT.Mqtt.Protocol;

/// <summary>How surely a message is delivered.</summary>
public enum QualityOfService : byte
{
    AtMostOnce = 0,
    AtLeastOnce = 1,
    ExactlyOnce = 2,
}
