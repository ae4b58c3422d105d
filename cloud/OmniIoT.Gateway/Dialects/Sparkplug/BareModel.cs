namespace OmniIoT.Gateway.Dialects.Sparkplug;

/// <summary>A model that says nothing but its name.</summary>
internal sealed record BareModel(string Id, string Name)
{
    public static BareModel Sparkplug { get; } = new("sparkplug", "Sparkplug B device");

    public static BareModel Zigbee { get; } = new("zigbee2mqtt", "Zigbee device");
}
