using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Provisioning;

/// <summary>
/// Makes guessing claim codes hopeless: ten wrong ones by one caller within a quarter of an hour, 300 by all together. At that rate
/// somebody who guesses among a million codes needs a month for one of them.
/// </summary>
internal sealed class ClaimThrottle(TimeProvider time)
{
    private const int MaximumFailures = 10;
    private const int MaximumFailuresOfAll = 300;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    private readonly AttemptLimit<string> _callers = new(time, Window);
    private readonly AttemptLimit<bool> _all = new(time, Window);

    /// <summary>How long the caller still has to wait; null when they need not.</summary>
    public TimeSpan? WaitOf(string caller) =>
        _callers.WaitOf(caller, MaximumFailures) ?? _all.WaitOf(true, MaximumFailuresOfAll);

    public void CountFailure(string caller)
    {
        _callers.Count(caller);
        _all.Count(true);
    }
}
