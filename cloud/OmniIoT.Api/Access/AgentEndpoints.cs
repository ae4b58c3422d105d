using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>An agent as others see it.</summary>
public sealed record AgentView(
    string Id,
    string Name,
    string Role,
    IReadOnlyList<string> Skills,
    IReadOnlyList<string> Queues,
    IReadOnlyList<string> Languages,
    AgentCapacity Capacity
);

/// <param name="Name">For people; missing: the id.</param>
/// <param name="Role">The id of a role; missing: <c>agent</c>.</param>
/// <param name="Password">At least twelve characters, none of the commonest; may be missing when the agent exists: it stays what it was.</param>
/// <param name="Capacity">What is missing: chat 3, voice 1, other 10.</param>
[AlsoTakes("id")]
public sealed record AgentBody(
    string? Name,
    string? Role,
    string? Password,
    IReadOnlyList<string>? Skills,
    IReadOnlyList<string>? Queues,
    IReadOnlyList<string>? Languages,
    AgentCapacity? Capacity
)
{
    private const int MaximumCount = 100;
    private const int MaximumLength = 200;

    /// <exception cref="ProblemException">Something in it is not what it must be.</exception>
    internal AgentAbilities ToAbilities()
    {
        Mistakes mistakes = new();
        Check("/skills", Skills, mistakes);
        Check("/queues", Queues, mistakes);
        Check("/languages", Languages, mistakes);
        if (Capacity is { } capacity && (capacity.Chat < 0 || capacity.Voice < 0 || capacity.Other < 0))
            mistakes.Add("/capacity", Sentence.Of(MistakeKinds.Negative));
        mistakes.ThrowIfAny();
        return new AgentAbilities(Skills, Queues, Languages, Capacity);
    }

    private static void Check(string pointer, IReadOnlyList<string>? texts, Mistakes mistakes)
    {
        if (texts?.Count > MaximumCount)
            mistakes.Add(pointer, Wrong.TooMany(MaximumCount));
        for (int i = 0; i < texts?.Count; i++)
        {
            if (string.IsNullOrWhiteSpace(texts[i]) || texts[i].Length > MaximumLength)
                mistakes.Add($"{pointer}/{i}", Wrong.Length(MaximumLength));
        }
    }
}

internal static class AgentEndpoints
{
    public static void MapAgents(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder agents = api.MapGroup("/agents").WithTags("Access");
        agents.MapGet("", ListAsync).WithSummary("The agents, by id.").Produces<Page<AgentView>>().Fails(401, 403, 422);
        agents
            .MapPut("/{id}", PutAsync)
            .WithSummary("Creates or replaces an agent; a new password ends the agent's sessions. The last administrator keeps the role.")
            .Takes<AgentBody>()
            .Produces<AgentView>()
            .Produces<AgentView>(201)
            .Fails(401, 403, 409, 422);
        agents
            .MapDelete("/{id}", DeleteAsync)
            .WithSummary("Removes an agent; not the last administrator.")
            .Produces(204)
            .Fails(401, 403, 404, 409);
    }

    private static async Task<IResult> ListAsync(AgentAccounts accounts, string? cursor, string? limit, CancellationToken cancellationToken)
    {
        Page<AgentAccount> page = await accounts.ListAsync(Query.Page(cursor, limit), cancellationToken);
        return TypedResults.Ok(new Page<AgentView>([.. page.Items.Select(View)], page.Next));
    }

    private static async Task<IResult> PutAsync(
        string id,
        HttpContext context,
        AgentAccounts accounts,
        Roles roles,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        AgentBody body = await Body.ReadAsync<AgentBody>(context.Request, cancellationToken);
        AgentAccount? existing = await accounts.FindAsync(id, cancellationToken);
        Role role = await roles.RequireAsync("/role", body.Role ?? Role.Agent, cancellationToken);
        context.RequireOwnRights(role.Rights | await RightsOfAsync(existing, roles, cancellationToken));
        AgentAccount account = new(id, body.Name ?? id, role.Id, PasswordHashOf(id, body.Password, existing))
        {
            Abilities = body.ToAbilities(),
            External = existing?.External,
        };
        Effect[] ends = existing is null || existing.PasswordHash == account.PasswordHash ? [] : [AgentSessions.EndAll(id)];
        if (!await accounts.PutAsync(account, cancellationToken, ends))
            throw LastAdministrator();
        return existing is null ? TypedResults.Created($"/api/v1/agents/{id}", View(account)) : TypedResults.Ok(View(account));
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        HttpContext context,
        AgentAccounts accounts,
        Roles roles,
        CancellationToken cancellationToken
    )
    {
        AgentAccount account = await accounts.RequireAsync(id, cancellationToken);
        context.RequireOwnRights(await RightsOfAsync(account, roles, cancellationToken));
        if (!await accounts.DeleteAsync(id, cancellationToken, AgentSessions.EndAll(id), SecondFactors.End(id)))
            throw LastAdministrator();
        return TypedResults.NoContent();
    }

    private static async ValueTask<RightSet> RightsOfAsync(AgentAccount? account, Roles roles, CancellationToken cancellationToken) =>
        account is null ? RightSet.None : await roles.RightsOfAsync(account.Role, cancellationToken);

    private static ProblemException LastAdministrator() =>
        new(Problem.Of(StatusCodes.Status409Conflict, "There must be an administrator: this is the last one.", "LastAdministrator"));

    private static string PasswordHashOf(string id, string? password, AgentAccount? existing)
    {
        if (password is null && existing is not null)
            return existing.PasswordHash;
        ProblemError? mistake = password is null
            ? new ProblemError("/password", Sentence.Of(MistakeKinds.Missing))
            : PasswordRules.FindMistake("/password", password, id);
        return mistake is null
            ? SecretHasher.Hash(password!, SecretHasher.PasswordIterations)
            : throw new ProblemException(Problem.Unprocessable(mistake));
    }

    private static AgentView View(AgentAccount account) =>
        new(
            account.Id,
            account.Name,
            account.Role,
            account.Abilities.Skills ?? [],
            account.Abilities.Queues ?? [],
            account.Abilities.Languages ?? [],
            account.Abilities.Capacity ?? new AgentCapacity()
        );
}
