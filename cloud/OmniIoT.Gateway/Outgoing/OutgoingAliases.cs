using OmniIoT.Gateway.Routing;

namespace OmniIoT.Gateway.Outgoing;

/// <summary>
/// Topic aliases set towards a client: the first topics get one each and keep it. Guarded by the output's lock, so that the
/// packet that sets an alias goes before those that use it.
/// </summary>
internal sealed class OutgoingAliases(int maximum)
{
    private readonly Dictionary<byte[], ushort> _aliases = new(Utf8KeyComparer.Instance);

    /// <summary>The topic's alias, or 0 when it has none; <paramref name="isNew"/> when it must be set by this packet.</summary>
    public ushort Find(ReadOnlySpan<byte> topic, out bool isNew)
    {
        bool known = _aliases.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(topic, out ushort alias);
        isNew = !known && _aliases.Count < maximum;
        return isNew ? (ushort)(_aliases.Count + 1) : alias;
    }

    public void Set(ReadOnlySpan<byte> topic, ushort alias) => _aliases[topic.ToArray()] = alias;
}
