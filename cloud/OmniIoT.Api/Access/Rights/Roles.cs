using System.Text.Json;
using OmniIoT.Api.Problems;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Audit;

namespace OmniIoT.Api.Access.Rights;

/// <summary>The roles: built-in ones as they were changed, and those that were made.</summary>
public sealed class Roles(AccessDocuments documents, Records records)
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
    public Task<bool> PutAsync(Role role, CancellationToken cancellationToken) => ChangeAsync(role.Id, role, cancellationToken);

    /// <summary>A built-in one is again what it was at first.</summary>
    public Task DeleteAsync(string id, CancellationToken cancellationToken) => ChangeAsync(id, null, cancellationToken);

    /// <param name="role">Null: it is to go.</param>
    private async Task<bool> ChangeAsync(string id, Role? role, CancellationToken cancellationToken)
    {
        while (true)
        {
            (StoredRoles? before, int version) = await documents.ReadAsync<StoredRoles>(DocumentKind.Setting, SettingId, cancellationToken);
            IReadOnlyList<StoredRole> stored = before?.Roles ?? [];
            IEnumerable<StoredRole> others = stored.Where(one => one.Id != id);
            StoredRole[] after =
            [
                .. (role is null ? others : others.Append(StoredRole.Of(role))).OrderBy(one => one.Id, StringComparer.Ordinal),
            ];
            if (after.Length > MaximumCount)
                return false;
            Role? was = stored.FirstOrDefault(one => one.Id == id)?.ToRole() ?? Role.FindBuiltIn(id);
            PutDocument put = AccessDocuments.Put(DocumentKind.Setting, SettingId, new StoredRoles(after), version);
            if (await documents.CommitAsync(put, OnRecord(id, was, role ?? Role.FindBuiltIn(id))))
                return true;
        }
    }

    /// <summary>One of the list, with what it was and what it is.</summary>
    private RecordAudit OnRecord(string id, Role? before, Role? after)
    {
        string action =
            before is null ? AuditActions.RoleCreated
            : after is null ? AuditActions.RoleDeleted
            : AuditActions.RoleChanged;
        RecordAudit entry = records.Entry(CallOrigin.Current ?? Origin.Platform, action, "role:" + id);
        return new RecordAudit(entry.Draft with { Before = Json(before), After = Json(after) });
    }

    private static byte[]? Json(Role? role) =>
        role is null ? null : JsonSerializer.SerializeToUtf8Bytes(StoredRole.Of(role), OmniJson.Options);

    private async ValueTask<IReadOnlyList<StoredRole>> StoredAsync(CancellationToken cancellationToken) =>
        (await documents.FindAsync<StoredRoles>(DocumentKind.Setting, SettingId, cancellationToken))?.Roles ?? [];
}
