using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Provisioning;

/// <summary>
/// Makes guessing claim codes hopeless: ten wrong ones by one caller within a quarter of an hour, 300 by all together. At that rate
/// somebody who guesses among a million codes needs a month for one of them.
/// </summary>
internal sealed class ClaimThrottle(IAttempts attempts)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private static readonly AttemptRule OfCaller = new("claim", 10, Window);
    private static readonly AttemptRule OfAll = new("claim-all", 300, Window);

    /// <summary>A claim that is about to be tried.</summary>
    public Attempt Of(string caller) => new(attempts, (OfCaller, caller), (OfAll, ""));
}
