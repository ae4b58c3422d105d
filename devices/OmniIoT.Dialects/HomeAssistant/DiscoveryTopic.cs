namespace OmniIoT.Dialects.HomeAssistant;

/// <summary>
/// <c>homeassistant/{component}/[{node}/]{object}/config</c>, with <c>device</c> as component where one message announces several.
/// </summary>
internal sealed record DiscoveryTopic(string Component, string? Node, string Object)
{
    public const string Prefix = "homeassistant/";

    /// <summary>Where it is told that somebody listens, so that devices announce themselves.</summary>
    public const string Status = Prefix + "status";

    private const string WholeDevice = "device";

    public bool IsWholeDevice => Component == WholeDevice;

    /// <summary>Null: nothing is announced there.</summary>
    public static DiscoveryTopic? Parse(string topic) =>
        topic.Split('/') switch
        {
            [_, var component, var name, "config"] => new DiscoveryTopic(component, null, name),
            [_, var component, var node, var name, "config"] => new DiscoveryTopic(component, node, name),
            _ => null,
        };
}
