using System.Collections.Concurrent;

namespace OmniIoT.Grains.Turns;

/// <summary>Keeps what is costly to make for its next use.</summary>
/// <param name="kept">More than these are left to the garbage collector.</param>
internal sealed class Pool<T>(Func<T> make, int kept)
    where T : class
{
    private readonly ConcurrentQueue<T> _spare = [];

    public T Rent() => _spare.TryDequeue(out T? spare) ? spare : make();

    public void Return(T value)
    {
        if (_spare.Count < kept) _spare.Enqueue(value);
    }
}
