using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Gateway.Tests.Support;

/// <summary>Names a normative statement that the test holds the gateway to.</summary>
/// <param name="id">As in the standard, <c>MQTT-3.1.2-22</c>; numbers differ between versions.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class StatementAttribute(string id, ProtocolVersion version) : Attribute
{
    public string Id { get; } = id;

    public ProtocolVersion Version { get; } = version;
}
