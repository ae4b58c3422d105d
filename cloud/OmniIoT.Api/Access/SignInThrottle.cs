using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Problems;
using OmniIoT.Devices;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Security;
using OmniIoT.Web;

namespace OmniIoT.Api.Access;

/// <summary>
/// Makes guessing passwords and codes slow: within a minute ten wrong ones for one account from one address, a hundred from an address for
/// all accounts, so that a person who forgot a password does not lock out the office behind the same address, and a hundred for an account
/// from everywhere.
/// </summary>
internal sealed class SignInThrottle(IAttempts attempts, RecordedSignIns recorded)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private static readonly AttemptRule OfBoth = new("sign-in", 10, Window);
    private static readonly AttemptRule OfAddress = new("sign-in-address", 100, Window);
    private static readonly AttemptRule OfAccount = new("sign-in-account", 100, Window);

    /// <summary>Of the million codes three hold at a time: an hour is long enough that nobody gets anywhere.</summary>
    private static readonly AttemptRule OfCodes = new("second-factor", 10, TimeSpan.FromHours(1));

    /// <summary>
    /// Tries what somebody may have guessed; of many at once as many are tried as may still be wrong, and the others wait.
    /// </summary>
    /// <param name="tries">Null: it was wrong.</param>
    /// <exception cref="ProblemException">Too many wrong ones came, or too many come at this moment.</exception>
    public async Task<T?> GuardAsync<T>(HttpContext context, string user, Func<Task<T?>> tries)
        where T : class
    {
        string address = ClientAddress.Of(context);
        // What can be no agent's id is one account: nobody's, of any length.
        string account = Identifier.IsValid(user) ? user : "?";
        Attempt attempt = new(attempts, (OfBoth, $"{address} {account}"), (OfAddress, address), (OfAccount, account));
        try
        {
            (AttemptPlace place, T? found) = await attempt.JudgeAsync(async () => await tries(), static found => found is null);
            if (place.IsBusy)
                throw Busy(context);
            if (place.Wait is { } left)
            {
                await recorded.RefusedAsync(context, user, AuditActions.LockedOut);
                throw TooMany(context, left, "Too many wrong passwords came; wait a minute.");
            }
            if (found is null)
                await recorded.RefusedAsync(context, user, AuditActions.Wrong);
            return found;
        }
        catch (QueueFullException)
        {
            throw Busy(context);
        }
    }

    /// <summary>
    /// Tries a code of the second factor. Only who has the password or a session comes that far, so that what is counted by account alone
    /// locks out nobody else.
    /// </summary>
    /// <exception cref="ProblemException">Too many wrong ones came.</exception>
    public async Task<bool> GuardCodeAsync(HttpContext context, string agentId, Func<Task<bool>> tries)
    {
        Attempt attempt = new(attempts, (OfCodes, agentId));
        (AttemptPlace place, bool isRight) = await attempt.JudgeAsync(async () => await tries(), static isRight => !isRight);
        if (place.IsBusy)
            throw Busy(context);
        if (place.Wait is { } left)
        {
            await recorded.RefusedAsync(context, agentId, AuditActions.LockedOut);
            throw TooMany(context, left, "Too many wrong codes came; wait up to an hour.");
        }
        if (!isRight)
            await recorded.RefusedAsync(context, agentId, AuditActions.Wrong);
        return isRight;
    }

    private static ProblemException Busy(HttpContext context) =>
        TooMany(context, AttemptPlace.PauseWhenBusy, "Too many people sign in at this moment; try again in two seconds.");

    private static ProblemException TooMany(HttpContext context, TimeSpan wait, string detail)
    {
        RetryAfter.Tell(context.Response, wait);
        return new ProblemException(Problem.Of(StatusCodes.Status429TooManyRequests, detail));
    }
}
