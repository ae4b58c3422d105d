namespace OmniIoT.Mqtt.Properties;

/// <summary>A name and a value that the applications agree on; names may repeat, and the order is kept.</summary>
public readonly record struct UserProperty(string Name, string Value);
