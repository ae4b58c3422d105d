using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Provisioning;

/// <summary>
/// Makes guessing claim codes hopeless: ten wrong ones by one caller within a quarter of an hour, 300 by all together. At that rate
/// somebody who guesses among a million codes needs a month for one of them.
/// </summary>
internal sealed class ClaimThrottle(IAttempts attempts)
{
    private const string What = "claim";
    private const string All = "";
    private const int MaximumFailures = 10;
    private const int MaximumFailuresOfAll = 300;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>How long the caller still has to wait; null when they need not.</summary>
    public async ValueTask<TimeSpan?> WaitOfAsync(string caller) =>
        await attempts.WaitOfAsync(What, caller, MaximumFailures) ?? await attempts.WaitOfAsync(What, All, MaximumFailuresOfAll);

    public async ValueTask CountFailureAsync(string caller)
    {
        await attempts.CountAsync(What, caller, Window);
        await attempts.CountAsync(What, All, Window);
    }
}
