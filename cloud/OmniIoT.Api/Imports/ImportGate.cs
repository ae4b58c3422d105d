namespace OmniIoT.Api.Imports;

/// <summary>One import at a time: each holds its file in memory, and two of the same things would overtake one another.</summary>
internal sealed class ImportGate
{
    private int _isTaken;

    /// <summary>Null: another import is under way.</summary>
    public IDisposable? TryEnter() => Interlocked.CompareExchange(ref _isTaken, 1, 0) == 0 ? new Place(this) : null;

    private sealed class Place(ImportGate gate) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref gate._isTaken, 0);
    }
}
