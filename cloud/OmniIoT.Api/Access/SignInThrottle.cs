using System.Net;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>Makes guessing passwords slow: after ten wrong ones from an address within a minute the address waits for the minute's end.</summary>
internal sealed class SignInThrottle(TimeProvider time)
{
    private const int MaximumFailures = 10;

    private readonly AttemptLimit<IPAddress> _failures = new(time, TimeSpan.FromMinutes(1));

    /// <summary>How long the address still has to wait; null when it need not.</summary>
    public TimeSpan? WaitOf(IPAddress address) => _failures.WaitOf(address, MaximumFailures);

    public void CountFailure(IPAddress address) => _failures.Count(address);
}
