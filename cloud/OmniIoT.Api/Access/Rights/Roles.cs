using OmniIoT.Api.Problems;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;

namespace OmniIoT.Api.Access.Rights;

/// <summary>The roles: built-in ones as they were changed, and those that were made.</summary>
public sealed class Roles(AccessDocuments documents)
{
    /// <summary>Null when there is none.</summary>
    public async ValueTask<Role?> FindAsync(string id, CancellationToken cancellationToken)
    {
        Role? builtIn = Role.FindBuiltIn(id);
        if (id == Role.Admin)
            return builtIn;
        return await documents.FindAsync<StoredRole>(DocumentKind.Role, id, cancellationToken) is { } stored ? stored.ToRole() : builtIn;
    }

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
        Dictionary<string, Role> stored = (await documents.AllAsync<StoredRole>(DocumentKind.Role, cancellationToken))
            .Where(role => role.Id != Role.Admin)
            .ToDictionary(role => role.Id, role => role.ToRole(), StringComparer.Ordinal);
        IEnumerable<Role> builtIn = Role.BuiltIn.Select(role => stored.GetValueOrDefault(role.Id, role));
        return
        [
            .. builtIn,
            .. stored.Values.Where(role => Role.FindBuiltIn(role.Id) is null).OrderBy(role => role.Id, StringComparer.Ordinal),
        ];
    }

    public Task PutAsync(Role role) =>
        documents.CommitAsync(AccessDocuments.Put(DocumentKind.Role, role.Id, new StoredRole(role.Id, role.Name, role.Rights.Names)));

    /// <summary>A built-in one is again what it was at first.</summary>
    public Task DeleteAsync(string id) => documents.CommitAsync(new DeleteDocument(DocumentKind.Role, id));
}
