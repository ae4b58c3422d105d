using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Security;

namespace OmniIoT.Ports.Channels;

/// <summary>Finds channels with their secrets open, as their adapters need them.</summary>
public sealed class ChannelDirectory(ICatalog catalog, DocumentSecrets secrets)
{
    /// <summary>Null when there is none, or it is not enabled.</summary>
    public Channel? FindEnabled(string id) => Find(id) is { Enabled: true } channel ? channel : null;

    /// <summary>Null when there is none.</summary>
    public Channel? Find(string id) => catalog.Channels.TryGetValue(id, out Channel? channel) ? secrets.Open(channel) : null;

    /// <summary>Those of a type that are enabled.</summary>
    public IReadOnlyList<Channel> Enabled(string type) =>
        [.. catalog.Channels.Values.Where(channel => channel.Enabled && channel.Type == type).Select(secrets.Open)];
}
