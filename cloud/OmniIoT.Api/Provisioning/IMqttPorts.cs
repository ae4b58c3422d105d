namespace OmniIoT.Api.Provisioning;

/// <summary>Where the gateway listens; known once the process has started.</summary>
public interface IMqttPorts
{
    int MqttPort { get; }

    /// <summary>Null: there is no MQTT over TLS.</summary>
    int? MqttTlsPort { get; }
}
