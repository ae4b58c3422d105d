using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>An agent as others see it.</summary>
public sealed record AgentView
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required string Role { get; init; }

    public required IReadOnlyList<string> Skills { get; init; }

    public required IReadOnlyList<string> Queues { get; init; }

    public required IReadOnlyList<string> Languages { get; init; }

    public required AgentCapacity Capacity { get; init; }

    /// <summary>Rises with every change; also its entity tag.</summary>
    public required int Version { get; init; }
}

/// <param name="Name">For people; missing: the id.</param>
/// <param name="Role">The id of a role; missing: <c>agent</c>.</param>
/// <param name="Password">At least twelve characters, none of the commonest; may be missing when the agent exists: it stays what it
/// was.</param>
/// <param name="Capacity">What is missing: chat 3, voice 1, other 10.</param>
[AlsoTakes("id", "version")]
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
        agents.MapGet("", ListAsync).Lists<AgentView>("The agents, by id.");
        agents.MapGet("/{id}", GetAsync).Shows<AgentView>("One agent.");
        agents
            .MapPut("/{id}", PutAsync)
            .WithSummary("Creates or replaces an agent; a new password ends the agent's sessions. The last administrator keeps the role.")
            .Takes<AgentBody>()
            .Produces<AgentView>()
            .Produces<AgentView>(201)
            .Fails(401, 403, 409, 412, 422);
        agents.MapDelete("/{id}", DeleteAsync).Removes("Removes an agent; not the last administrator.").Fails(409);
    }

    private static async Task<IResult> ListAsync(AgentAccounts accounts, string? cursor, string? limit, CancellationToken cancellationToken)
    {
        Page<(AgentAccount Account, int Version)> page = await accounts.ListAsync(Query.Page(cursor, limit), cancellationToken);
        return TypedResults.Ok(new Page<AgentView>([.. page.Items.Select(one => View(one.Account, one.Version))], page.Next));
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, AgentAccounts accounts, CancellationToken cancellationToken)
    {
        (AgentAccount account, int version) = await accounts.ReadAsync(id, cancellationToken);
        EntityTag.Set(context.Response, version);
        return TypedResults.Ok(View(account, version));
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
        string? hash = HashOf(id, body.Password, existing);
        AgentAbilities abilities = body.ToAbilities();
        AgentChange? change = await accounts.PutAsync(
            id,
            before =>
            {
                RequireRole(before, existing);
                return new AgentAccount(id, body.Name ?? id, role.Id, hash ?? before?.PasswordHash ?? throw ChangedMeanwhile())
                {
                    Abilities = abilities,
                    External = before?.External,
                };
            },
            EntityTag.Expected(context.Request),
            cancellationToken
        );
        if (change?.After is not { } after)
            throw LastAdministrator();
        EntityTag.Set(context.Response, change.Version);
        AgentView view = View(after, change.Version);
        return change.Before is null ? TypedResults.Created($"/api/v1/agents/{id}", view) : TypedResults.Ok(view);
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
        if (await accounts.DeleteAsync(id, EntityTag.Expected(context.Request), cancellationToken) is null)
            throw LastAdministrator();
        return TypedResults.NoContent();
    }

    /// <summary>The caller's rights were held against the role that the account had.</summary>
    private static void RequireRole(AgentAccount? before, AgentAccount? existing)
    {
        if (before?.Role != existing?.Role)
            throw ChangedMeanwhile();
    }

    private static ProblemException ChangedMeanwhile() =>
        new(Problem.Of(StatusCodes.Status409Conflict, "The account was changed meanwhile; try again.", "ChangedMeanwhile"));

    private static async ValueTask<RightSet> RightsOfAsync(AgentAccount? account, Roles roles, CancellationToken cancellationToken) =>
        account is null ? RightSet.None : await roles.RightsOfAsync(account.Role, cancellationToken);

    private static ProblemException LastAdministrator() =>
        new(Problem.Of(StatusCodes.Status409Conflict, "There must be an administrator: this is the last one.", "LastAdministrator"));

    /// <returns>Null: the password stays what it is.</returns>
    private static string? HashOf(string id, string? password, AgentAccount? existing)
    {
        if (password is null && existing is not null)
            return null;
        ProblemError? mistake = password is null
            ? new ProblemError("/password", Sentence.Of(MistakeKinds.Missing))
            : PasswordRules.FindMistake("/password", password, id);
        return mistake is null
            ? SecretHasher.Hash(password!, SecretHasher.PasswordIterations)
            : throw new ProblemException(Problem.Unprocessable(mistake));
    }

    private static AgentView View(AgentAccount account, int version) =>
        new()
        {
            Id = account.Id,
            Name = account.Name,
            Role = account.Role,
            Skills = account.Abilities.Skills ?? [],
            Queues = account.Abilities.Queues ?? [],
            Languages = account.Abilities.Languages ?? [],
            Capacity = account.Abilities.Capacity ?? new AgentCapacity(),
            Version = version,
        };
}
