namespace OmniIoT.Simulators.Demo;

/// <summary>Where the demonstration's host is.</summary>
/// <param name="HttpBase">As <c>http://127.0.0.1:5080/</c>; MQTT is on the same host.</param>
/// <param name="Seed">The same seed tells the same story.</param>
public sealed record DemoOptions(Uri HttpBase, int MqttPort, string ApiKey, int Seed = 1)
{
    /// <summary>The host's <c>OmniIoT:PublicUrl</c>; null: it has none.</summary>
    public Uri? PublicUrl { get; init; }
}
