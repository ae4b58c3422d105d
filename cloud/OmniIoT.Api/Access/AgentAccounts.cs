using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Access.SecondFactor;
using OmniIoT.Api.Access.Sessions;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>An agent as stored.</summary>
public sealed record AgentAccount(string Id, string Name, string Role, string PasswordHash)
{
    public AgentAbilities Abilities { get; init; } = new();

    /// <summary>Who they are at a provider that signs them in: issuer and subject; null: nobody.</summary>
    public string? External { get; init; }
}

/// <summary>What work an agent can be given.</summary>
/// <param name="Languages">BCP 47.</param>
public sealed record AgentAbilities(
    IReadOnlyList<string>? Skills = null,
    IReadOnlyList<string>? Queues = null,
    IReadOnlyList<string>? Languages = null,
    AgentCapacity? Capacity = null
);

/// <summary>A change that was made to an account.</summary>
/// <param name="Before">Null: there was none.</param>
/// <param name="After">Null: it was removed.</param>
/// <param name="Version">That it has now.</param>
public sealed record AgentChange(AgentAccount? Before, AgentAccount? After, int Version);

/// <summary>The agents' accounts. There is always an administrator: the last one neither goes nor gets another role.</summary>
public sealed class AgentAccounts(AccessDocuments documents)
{
    public const string FirstAgent = "admin";

    /// <summary>Is written with each change that could leave nobody, so that of two at once one finds the other's done.</summary>
    private const string GuardId = "administrators";

    public ValueTask<AgentAccount?> FindAsync(string id, CancellationToken cancellationToken) =>
        documents.FindAsync<AgentAccount>(DocumentKind.Agent, id, cancellationToken);

    /// <exception cref="ProblemException">There is none.</exception>
    public async ValueTask<AgentAccount> RequireAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("agent", id));

    /// <summary>As it is stored now, with its version.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public async ValueTask<(AgentAccount Account, int Version)> ReadAsync(string id, CancellationToken cancellationToken) =>
        await documents.ReadAsync<AgentAccount>(DocumentKind.Agent, Query.Id(id), cancellationToken) is ({ } account, var version)
            ? (account, version)
            : throw new ProblemException(Problem.NotFound("agent", id));

    public ValueTask<Page<(AgentAccount Account, int Version)>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        documents.ListVersionsAsync<AgentAccount>(DocumentKind.Agent, page, cancellationToken);

    public ValueTask<IReadOnlyList<AgentAccount>> AllAsync(CancellationToken cancellationToken) =>
        documents.AllAsync<AgentAccount>(DocumentKind.Agent, cancellationToken);

    /// <summary>Creates or replaces an account; another password ends its sessions.</summary>
    /// <param name="change">Makes it of what is stored, null when there is none; asked again when somebody was faster.</param>
    /// <param name="expectedVersion">Null: whichever is stored.</param>
    /// <returns>Null: it would have left no administrator, and was not made.</returns>
    /// <exception cref="ProblemException">It is stored in another version.</exception>
    public Task<AgentChange?> PutAsync(
        string id,
        Func<AgentAccount?, AgentAccount> change,
        int? expectedVersion,
        CancellationToken cancellationToken
    ) => ChangeAsync(id, change, expectedVersion, cancellationToken);

    /// <summary>Changes an account in nothing that its rights depend on.</summary>
    /// <returns>False: somebody changed it, or what is to become true with it, meanwhile.</returns>
    public async Task<bool> RenewAsync(AgentAccount before, AgentAccount after, Effect also, CancellationToken cancellationToken)
    {
        (AgentAccount? stored, int version) = await documents.ReadAsync<AgentAccount>(DocumentKind.Agent, before.Id, cancellationToken);
        return stored?.PasswordHash == before.PasswordHash
            && await documents.CommitAsync(Put(stored with { PasswordHash = after.PasswordHash }, version), also);
    }

    /// <summary>Removes an account, its sessions and its second factor.</summary>
    /// <inheritdoc cref="PutAsync"/>
    public Task<AgentChange?> DeleteAsync(string id, int? expectedVersion, CancellationToken cancellationToken) =>
        ChangeAsync(id, static _ => null, expectedVersion, cancellationToken);

    /// <summary>Makes the agent <see cref="FirstAgent"/> when there is none at all.</summary>
    /// <returns>Its password when it was made now, else null.</returns>
    public async Task<string?> SeedAsync(CancellationToken cancellationToken)
    {
        if ((await ListAsync(new PageRequest(null, 1), cancellationToken)).Items.Count > 0)
            return null;
        string password = SecretHasher.NewSecret()[..16];
        string hash = SecretHasher.Hash(password, SecretHasher.PasswordIterations);
        // Another process may have been first: then its password is the one.
        AgentAccount first = new(FirstAgent, "Administrator", Role.Admin, hash);
        return await documents.CommitAsync(Put(first, expectedVersion: 0)) ? password : null;
    }

    private async Task<AgentChange?> ChangeAsync(
        string id,
        Func<AgentAccount?, AgentAccount?> change,
        int? expectedVersion,
        CancellationToken cancellationToken
    )
    {
        while (true)
        {
            (object? _, int guard) = await documents.ReadAsync<object>(DocumentKind.Setting, GuardId, cancellationToken);
            (AgentAccount? before, int version) = await documents.ReadAsync<AgentAccount>(DocumentKind.Agent, id, cancellationToken);
            if (expectedVersion is { } expected && expected != version)
                throw EntityTag.Stale($"The agent '{id}' is stored in another version than If-Match names: somebody changed it meanwhile.");
            AgentAccount? after = change(before);
            bool isLoss = before?.Role == Role.Admin && after?.Role != Role.Admin;
            if (isLoss && !(await AllAsync(cancellationToken)).Any(other => other.Role == Role.Admin && other.Id != id))
                return null;
            List<Effect> effects = [.. EffectsOf(id, before, after, version)];
            if (isLoss)
                effects.Add(AccessDocuments.Put(DocumentKind.Setting, GuardId, id, guard));
            if (await documents.CommitAsync(effects))
                return new AgentChange(before, after, version + 1);
        }
    }

    private static IEnumerable<Effect> EffectsOf(string id, AgentAccount? before, AgentAccount? after, int version)
    {
        yield return after is null ? new DeleteDocument(DocumentKind.Agent, id, version) : Put(after, version);
        if (before is not null && before.PasswordHash != after?.PasswordHash)
            yield return AgentSessions.EndAll(id);
        if (after is null)
            yield return SecondFactors.End(id);
    }

    private static PutDocument Put(AgentAccount account, int? expectedVersion) =>
        AccessDocuments.Put(DocumentKind.Agent, account.Id, account, expectedVersion);
}
