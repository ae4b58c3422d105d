using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Problems;
using OmniIoT.Domain.Audit;

namespace OmniIoT.Api.Access;

/// <summary>
/// Knows agents by their passwords and, where they have a second factor, its codes; wrong ones of each are counted.
/// </summary>
internal sealed class PasswordSignIn(
    AgentAccounts accounts,
    PasswordVerifier verifier,
    SecondFactors factors,
    SignInThrottle throttle,
    RecordedSignIns recorded
)
{
    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="ProblemException">Too many wrong ones came, or too many come at this moment.</exception>
    public Task<AgentAccount?> FindAsync(HttpContext context, string user, string password, CancellationToken cancellationToken) =>
        throttle.GuardAsync(context, user, () => verifier.VerifyAsync(user, password, cancellationToken));

    /// <summary>Null when user and password do not belong together.</summary>
    /// <exception cref="ProblemException">The second factor's code is missing or wrong; only who knows the password is told.</exception>
    public Task<AgentAccount?> FindAsync(HttpContext context, SignInBody body, CancellationToken cancellationToken) =>
        throttle.GuardAsync(
            context,
            body.User!,
            async () =>
            {
                AgentAccount? account = await verifier.VerifyAsync(body.User!, body.Password!, cancellationToken);
                if (account is not null && await factors.IsOnAsync(account.Id, cancellationToken))
                    await RequireCodeAsync(context, account.Id, body.Code?.Trim(), cancellationToken);
                return account;
            }
        );

    /// <summary>
    /// Who has the session may not be whose it is: what would keep its owner out asks for the password as well, where they have one.
    /// </summary>
    /// <param name="pointer">Where it stands in what was sent.</param>
    /// <exception cref="ProblemException">It is missing or wrong, or too many wrong ones came.</exception>
    public async Task<AgentAccount> RequirePasswordAsync(
        HttpContext context,
        string agentId,
        string pointer,
        string? password,
        CancellationToken cancellationToken
    )
    {
        AgentAccount account = await accounts.RequireAsync(agentId, cancellationToken);
        if (account.PasswordHash.Length == 0)
            return account;
        if (password is null)
            throw new ProblemException(Problem.Unprocessable(new ProblemError(pointer, Wrong.Missing)));
        return await FindAsync(context, agentId, password, cancellationToken)
            ?? throw new ProblemException(Problem.Unprocessable(new ProblemError(pointer, "is not the password")));
    }

    private async Task RequireCodeAsync(HttpContext context, string agentId, string? code, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(code))
        {
            await recorded.RefusedAsync(context, agentId, AuditActions.CodeRequired);
            throw Refuse("codeRequired", "The sign-in needs a code of the second factor as well.");
        }
        if (!await throttle.GuardCodeAsync(context, agentId, () => factors.TakeAsync(agentId, code, cancellationToken)))
            throw Refuse("codeWrong", "It is not the code of this moment, or was used before.");
    }

    private static ProblemException Refuse(string reason, string detail) =>
        new(Problem.Of(StatusCodes.Status401Unauthorized, detail) with { Reason = reason });
}
