namespace OmniIoT.Mqtt.Protocol;

/// <summary>The protocol level a connection speaks; the value is the byte on the wire.</summary>
public enum ProtocolVersion : byte
{
    /// <summary>MQTT 3.1.1 (OASIS standard of 29 October 2014).</summary>
    V311 = 4,

    /// <summary>MQTT 5.0 (OASIS standard of 7 March 2019).</summary>
    V5 = 5,
}
