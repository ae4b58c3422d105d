namespace OmniIoT.Simulators;

/// <summary>Where the host is and how to sign in to its REST interface.</summary>
/// <param name="Http">As <c>http://127.0.0.1:5080/</c>.</param>
/// <param name="ApiKey">Null for a broker without REST.</param>
public sealed record HostAddress(string MqttHost, int MqttPort, Uri Http, string? ApiKey);
