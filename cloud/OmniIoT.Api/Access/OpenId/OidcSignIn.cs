using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Audit;
using OmniIoT.Devices;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Web;

namespace OmniIoT.Api.Access.OpenId;

/// <summary>Lets in whom the provider knows, under an account of their own with the role that the provider's claim stands for.</summary>
internal sealed partial class OidcSignIn(
    OidcOptions options,
    AgentAccounts accounts,
    AgentSessions sessions,
    Roles roles,
    RecordedSignIns recorded,
    ILogger<OidcSignIn> logger
)
{
    /// <summary>Where the console learns what became of it.</summary>
    private const string Console = "/signin?oidc=";

    /// <summary>Claims that an account is named after: the first that an id can be.</summary>
    private static readonly string[] Names = ["preferred_username", "email", "sub"];

    public const string Failed = Console + "failed";

    /// <summary>Signs the person in.</summary>
    /// <returns>Where the browser goes on.</returns>
    public async Task<string> SignInAsync(HttpContext context, ClaimsPrincipal person, CancellationToken cancellationToken)
    {
        string? subject = person.FindFirstValue("sub");
        string? id = Names.Select(person.FindFirstValue).FirstOrDefault(Identifier.IsValid);
        if (subject is null || id is null)
            return await RefuseAsync(context, "?", Failed);
        string link = $"{person.FindFirstValue("iss")} {subject}";
        AgentAccount? existing = await accounts.FindAsync(id, cancellationToken);
        // Whoever calls themselves as somebody here at their provider must not become that one.
        if (existing is not null && existing.External != link)
        {
            LogTaken(logger, id);
            return await RefuseAsync(context, id, Console + "taken");
        }
        string? role = RoleOf(person);
        if (role is null || await roles.FindAsync(role, cancellationToken) is null)
        {
            LogNoRole(logger, id);
            return await RefuseAsync(context, id, Console + "noRole");
        }
        AgentAccount Told(AgentAccount? before) =>
            before is not null && before.External != link
                ? before
                : (before ?? new AgentAccount(id, id, role, PasswordHash: "") { External = link }) with
                {
                    Name = person.FindFirstValue("name") ?? id,
                    Role = role,
                };
        CallOrigin.Current = new Origin("agent:" + id, ClientAddress.Of(context));
        AgentAccount account = Told(existing);
        if (account != existing)
            // The last administrator stays one.
            account = (await accounts.PutAsync(id, Told, null, cancellationToken))?.After ?? existing!;
        if (account.External != link)
            return await RefuseAsync(context, id, Console + "taken");
        NewSession begun = await sessions.BeginAsync(account, context, cancellationToken);
        await recorded.BegunAsync(context, account.Id);
        SessionCookie.Set(context, begun.Token, begun.ExpiresAt);
        return Console + "done";
    }

    private async Task<string> RefuseAsync(HttpContext context, string id, string goesOn)
    {
        await recorded.RefusedAsync(context, id, AuditActions.Forbidden);
        return goesOn;
    }

    private string? RoleOf(ClaimsPrincipal person)
    {
        HashSet<string> held = [.. person.FindAll(options.RoleClaim).Select(claim => claim.Value)];
        return options.Roles.Where(pair => held.Contains(pair.Key)).Select(pair => pair.Value).FirstOrDefault() ?? options.DefaultRole;
    }

    [LoggerMessage(4005, LogLevel.Warning, "The provider's '{Agent}' was not let in: somebody else here has the id.")]
    private static partial void LogTaken(ILogger logger, string agent);

    [LoggerMessage(4006, LogLevel.Warning, "The provider's '{Agent}' was not let in: no role is theirs.")]
    private static partial void LogNoRole(ILogger logger, string agent);
}
