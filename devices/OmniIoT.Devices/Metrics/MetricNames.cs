using System.Text;

namespace OmniIoT.Devices.Metrics;

/// <summary>Names in order of appearance, found by their UTF-8 bytes without allocation.</summary>
internal sealed class MetricNames
{
    private int[] _buckets = [0, 0, 0, 0, 0, 0, 0, 0];
    private (byte[] Utf8, string Name, uint Hash)[] _names = [];

    public int Count { get; private set; }

    public string this[int index] => _names[index].Name;

    public ReadOnlySpan<byte> Utf8(int index) => _names[index].Utf8;

    public int Find(ReadOnlySpan<byte> utf8)
    {
        if (Count == 0)
            return -1;
        uint hash = Hash(utf8);
        for (uint bucket = hash; ; bucket++)
        {
            int entry = _buckets[bucket & (uint)(_buckets.Length - 1)] - 1;
            if (entry < 0)
                return -1;
            ref readonly (byte[] Utf8, string Name, uint Hash) name = ref _names[entry];
            if (name.Hash == hash && utf8.SequenceEqual(name.Utf8))
                return entry;
        }
    }

    /// <summary>The caller has made sure that the name is new.</summary>
    public int Add(ReadOnlySpan<byte> utf8)
    {
        if (Count == _names.Length)
            Array.Resize(ref _names, Math.Max(4, Count * 2));
        _names[Count] = (utf8.ToArray(), Encoding.UTF8.GetString(utf8), Hash(utf8));
        Count++;
        if (Count * 2 > _buckets.Length)
            _buckets = new int[_buckets.Length * 2];
        else
        {
            Insert(Count - 1);
            return Count - 1;
        }
        for (int entry = 0; entry < Count; entry++)
            Insert(entry);
        return Count - 1;
    }

    private void Insert(int entry)
    {
        uint bucket = _names[entry].Hash;
        while (_buckets[bucket & (uint)(_buckets.Length - 1)] != 0)
            bucket++;
        _buckets[bucket & (uint)(_buckets.Length - 1)] = entry + 1;
    }

    /// <summary>FNV-1a: names are short, and a device can only slow down its own table, which is capped.</summary>
    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        uint hash = 2_166_136_261u;
        foreach (byte b in utf8)
            hash = (hash ^ b) * 16_777_619;
        return hash;
    }
}
