namespace OmniIoT.Ports.Security;

/// <summary>As many wait as may.</summary>
public sealed class QueueFullException() : Exception("As many wait as may.");

/// <summary>
/// Where slow hashes are computed, one at a time and beside everything else: a password costs about 0.2 s of a core, and more at once
/// would starve all others on a small machine.
/// </summary>
/// <param name="maximumWaiting">More are refused at once, so that nobody waits longer than so many take.</param>
public sealed class HashingQueue(int maximumWaiting) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _waiting;

    /// <exception cref="QueueFullException">As many wait as may.</exception>
    public async Task<T> RunAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref _waiting) > maximumWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            throw new QueueFullException();
        }
        try
        {
            await _turn.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            return await Task.Run(hash, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
