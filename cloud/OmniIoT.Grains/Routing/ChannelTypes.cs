using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Routing;

/// <summary>Which room of an agent's a channel takes.</summary>
internal sealed class ChannelTypes(CatalogKeeper catalog)
{
    /// <param name="channel">The channel's id; null: none, as with cases.</param>
    public WorkClass ClassOf(string? channel) => WorkClasses.Of(channel is null ? null : catalog.Current.FindChannel(channel)?.Type);

    /// <summary>By which channels the work of a class comes.</summary>
    public WorkChannels Of(WorkClass what)
    {
        IEnumerable<string> known = catalog.Current.Channels.Keys.Append(ChannelKinds.WebChat).Distinct(StringComparer.Ordinal);
        bool others = what is WorkClass.Other;
        return new WorkChannels([.. known.Where(id => others ? ClassOf(id) is not WorkClass.Other : ClassOf(id) == what)], others);
    }
}
