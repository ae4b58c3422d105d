using System.Net;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>
/// Makes guessing passwords slow: after ten wrong ones from an address within a minute the address waits for the minute's end.
/// </summary>
internal sealed class SignInThrottle(IAttempts attempts)
{
    private const string What = "sign-in";
    private const int MaximumFailures = 10;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>How long the address still has to wait; null when it need not.</summary>
    public ValueTask<TimeSpan?> WaitOfAsync(IPAddress address) => attempts.WaitOfAsync(What, address.ToString(), MaximumFailures);

    public ValueTask CountFailureAsync(IPAddress address) => attempts.CountAsync(What, address.ToString(), Window);
}
