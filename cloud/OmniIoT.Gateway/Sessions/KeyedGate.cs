namespace OmniIoT.Gateway.Sessions;

/// <summary>
/// Lets one at a time do something about a key. Keys share a bounded number of places, so that some wait for others' as well.
/// </summary>
internal sealed class KeyedGate
{
    /// <summary>A fleet that comes back at once waits for the database, not for each other.</summary>
    private const int Places = 256;

    private readonly SemaphoreSlim[] _places = [.. Enumerable.Range(0, Places).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Waits until nobody else is in; dispose what is returned to leave.</summary>
    public async ValueTask<Pass> EnterAsync(string key, CancellationToken cancellationToken)
    {
        SemaphoreSlim place = _places[(uint)StringComparer.Ordinal.GetHashCode(key) % Places];
        await place.WaitAsync(cancellationToken);
        return new Pass(place);
    }

    /// <summary>That its holder is in; the default one is of no gate.</summary>
    public readonly struct Pass(SemaphoreSlim place) : IDisposable
    {
        public void Dispose() => place?.Release();
    }
}
