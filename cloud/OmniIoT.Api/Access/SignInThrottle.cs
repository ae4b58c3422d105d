using System.Net;

namespace OmniIoT.Api.Access;

/// <summary>Makes guessing passwords slow: after ten wrong ones from an address within a minute the address waits for the minute's end.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int MaximumFailures = 10;

    /// <summary>Addresses remembered at once; beyond it the oldest minute's are dropped.</summary>
    private const int MaximumAddresses = 10_000;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, Failures> _failures = [];

    /// <summary>How long the address still has to wait; null when it need not.</summary>
    public TimeSpan? WaitOf(IPAddress address)
    {
        lock (_lock)
        {
            if (!_failures.TryGetValue(address, out Failures failures) || failures.Count < MaximumFailures) return null;
            TimeSpan wait = failures.Since + Window - time.GetUtcNow();
            return wait > TimeSpan.Zero ? wait : null;
        }
    }

    public void CountFailure(IPAddress address)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_lock)
        {
            if (_failures.Count >= MaximumAddresses) Forget(now);
            bool running = _failures.TryGetValue(address, out Failures failures) && now - failures.Since < Window;
            _failures[address] = running ? failures with { Count = failures.Count + 1 } : new Failures(now, 1);
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach ((IPAddress address, Failures failures) in _failures)
        {
            if (now - failures.Since >= Window) _failures.Remove(address);
        }
        if (_failures.Count >= MaximumAddresses) _failures.Clear();
    }

    private readonly record struct Failures(DateTimeOffset Since, int Count);
}
