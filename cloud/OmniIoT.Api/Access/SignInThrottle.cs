using System.Net;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>
/// Makes guessing passwords slow: within a minute ten wrong ones for one account from one address, a hundred from an address for all
/// accounts, so that a person who forgot a password does not lock out the office behind the same address, and a hundred for an account
/// from everywhere.
/// </summary>
internal sealed class SignInThrottle(IAttempts attempts)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly AttemptRule OfBoth = new("sign-in", 10, Window);
    private static readonly AttemptRule OfAddress = new("sign-in-address", 100, Window);
    private static readonly AttemptRule OfAccount = new("sign-in-account", 100, Window);

    /// <summary>A sign-in that is about to be tried.</summary>
    public Attempt Of(IPAddress address, string user) =>
        new(attempts, (OfBoth, $"{address} {user}"), (OfAddress, address.ToString()), (OfAccount, user));
}
