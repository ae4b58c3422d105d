using System.Numerics;

namespace OmniIoT.Mqtt.Client;

/// <summary>Keeps the session in memory that it uses again and again: it survives connections, not the process.</summary>
public sealed class MemoryInFlightStore : IInFlightStore
{
    // Larger buffers are left to the garbage collector, so that a burst of large messages does not stay.
    private const int LargestSpare = 4096;
    private const int SmallestBuffer = 256;

    private readonly Dictionary<ushort, Entry> _entries = [];
    private readonly Stack<byte[]> _spare = new(); // Never more than were in flight at once.
    private readonly HashSet<ushort> _received = [];
    private long _sequence;

    public IReadOnlyList<InFlightPacket> Pending =>
        [.. _entries.OrderBy(pair => pair.Value.Sequence).Select(pair => ToPacket(pair.Key, pair.Value))];

    public void Add(ushort packetIdentifier, ReadOnlySpan<byte> packet)
    {
        byte[] buffer = Take(packet.Length);
        packet.CopyTo(buffer);
        _entries.Add(packetIdentifier, new Entry(_sequence++, buffer, packet.Length));
    }

    public void Release(ushort packetIdentifier)
    {
        if (!_entries.TryGetValue(packetIdentifier, out Entry entry))
            return;
        Return(entry);
        _entries[packetIdentifier] = entry with { Buffer = null, Length = 0 };
    }

    public void Remove(ushort packetIdentifier)
    {
        if (_entries.Remove(packetIdentifier, out Entry entry))
            Return(entry);
    }

    public bool TryGet(ushort packetIdentifier, out InFlightPacket packet)
    {
        bool found = _entries.TryGetValue(packetIdentifier, out Entry entry);
        packet = found ? ToPacket(packetIdentifier, entry) : default;
        return found;
    }

    public bool AddReceived(ushort packetIdentifier) => _received.Add(packetIdentifier);

    public bool ContainsReceived(ushort packetIdentifier) => _received.Contains(packetIdentifier);

    public bool RemoveReceived(ushort packetIdentifier) => _received.Remove(packetIdentifier);

    public void ClearReceived() => _received.Clear();

    private static InFlightPacket ToPacket(ushort identifier, Entry entry) =>
        new(identifier, entry.Buffer.AsMemory(0, entry.Length), entry.Buffer is null);

    private byte[] Take(int length) =>
        _spare.TryPop(out byte[]? buffer) && buffer.Length >= length
            ? buffer
            : new byte[Math.Max(SmallestBuffer, (int)BitOperations.RoundUpToPowerOf2((uint)length))];

    private void Return(Entry entry)
    {
        if (entry.Buffer is { Length: <= LargestSpare } buffer)
            _spare.Push(buffer);
    }

    private readonly record struct Entry(long Sequence, byte[]? Buffer, int Length);
}
