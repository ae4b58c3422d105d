using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Catalogs;

namespace OmniIoT.Grains.Routing;

/// <summary>Which room of an agent's a channel takes.</summary>
internal sealed class ChannelTypes(CatalogKeeper catalog)
{
    /// <param name="channel">The channel's id; null: none, as with cases.</param>
    public WorkClass ClassOf(string? channel) => WorkClasses.Of(channel is null ? null : catalog.Current.FindChannel(channel)?.Type);
}
