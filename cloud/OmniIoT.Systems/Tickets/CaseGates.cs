using OmniIoT.Domain.Systems;

namespace OmniIoT.Systems.Tickets;

/// <summary>One at a time brings a case and its ticket at one help desk to say the same: what it read is still so when it writes.</summary>
public sealed class CaseGates : IDisposable
{
    /// <summary>More than are ever at work; two cases that share one wait for each other, and no more.</summary>
    private const int Count = 64;

    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, Count).Select(static _ => new SemaphoreSlim(1))];

    /// <returns>Dispose to let the next in.</returns>
    public async ValueTask<IDisposable> EnterAsync(Integration integration, string caseId, CancellationToken cancellationToken)
    {
        SemaphoreSlim gate = _gates[(uint)HashCode.Combine(integration.Place, caseId) % Count];
        await gate.WaitAsync(cancellationToken);
        return new Pass(gate);
    }

    public void Dispose()
    {
        foreach (SemaphoreSlim gate in _gates)
            gate.Dispose();
    }

    private sealed class Pass(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
