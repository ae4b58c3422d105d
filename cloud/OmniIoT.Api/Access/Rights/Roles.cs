using OmniIoT.Api.Problems;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Access.Rights;

/// <summary>The roles: built-in ones as they were changed, and those that were made.</summary>
public sealed class Roles(AccessDocuments documents)
{
    private const string SettingId = "roles";

    /// <summary>More than a company has.</summary>
    public const int MaximumCount = 200;

    /// <summary>Null when there is none.</summary>
    public async ValueTask<Role?> FindAsync(string id, CancellationToken cancellationToken) =>
        id != Role.Admin && (await StoredAsync(cancellationToken)).FirstOrDefault(role => role.Id == id) is { } stored
            ? stored.ToRole()
            : Role.FindBuiltIn(id);

    /// <summary>What an agent of this role may do; nothing when there is none any more.</summary>
    public async ValueTask<RightSet> RightsOfAsync(string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken) is { } role ? role.Rights : RightSet.None;

    /// <exception cref="ProblemException">There is none.</exception>
    public async ValueTask<Role> RequireAsync(string pointer, string id, CancellationToken cancellationToken) =>
        await FindAsync(id, cancellationToken)
        ?? throw new ProblemException(
            Problem.Unprocessable(
                new ProblemError(pointer, NearestName.Explain(id, [.. (await ListAsync(cancellationToken)).Select(role => role.Id)]))
            )
        );

    /// <summary>The built-in ones, then the others by id.</summary>
    public async ValueTask<IReadOnlyList<Role>> ListAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<StoredRole> stored = await StoredAsync(cancellationToken);
        IEnumerable<Role> builtIn = Role.BuiltIn.Select(role => stored.FirstOrDefault(one => one.Id == role.Id)?.ToRole() ?? role);
        return [.. builtIn, .. stored.Where(role => Role.FindBuiltIn(role.Id) is null).Select(role => role.ToRole())];
    }

    /// <returns>False: there are <see cref="MaximumCount"/>, and it was not stored.</returns>
    public Task<bool> PutAsync(Role role, CancellationToken cancellationToken) =>
        ChangeAsync(stored => Without(stored, role.Id).Append(new StoredRole(role.Id, role.Name, role.Rights.Names)), cancellationToken);

    /// <summary>A built-in one is again what it was at first.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(stored => Without(stored, id), cancellationToken);

    private Task<bool> ChangeAsync(Func<IReadOnlyList<StoredRole>, IEnumerable<StoredRole>> change, CancellationToken cancellationToken) =>
        documents.ChangeSettingAsync<StoredRoles>(
            SettingId,
            before =>
            {
                StoredRole[] after = [.. change(before?.Roles ?? []).OrderBy(role => role.Id, StringComparer.Ordinal)];
                return after.Length <= MaximumCount ? new StoredRoles(after) : null;
            },
            cancellationToken
        );

    private static IEnumerable<StoredRole> Without(IEnumerable<StoredRole> roles, string id) => roles.Where(role => role.Id != id);

    private async ValueTask<IReadOnlyList<StoredRole>> StoredAsync(CancellationToken cancellationToken) =>
        (await documents.FindAsync<StoredRoles>(DocumentKind.Setting, SettingId, cancellationToken))?.Roles ?? [];
}
