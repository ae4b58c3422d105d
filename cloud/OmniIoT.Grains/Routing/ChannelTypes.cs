using OmniIoT.Domain.Desk.Routing;

namespace OmniIoT.Grains.Routing;

/// <summary>Which room of an agent's a channel takes.</summary>
internal sealed class ChannelTypes
{
    /// <param name="channel">The channel's id; null: none, as with cases.</param>
    public WorkClass ClassOf(string? channel) => WorkClasses.Of(channel);
}
