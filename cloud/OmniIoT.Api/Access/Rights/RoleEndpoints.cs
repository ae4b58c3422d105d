using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Access.Rights;

/// <param name="BuiltIn">Whether it is always there.</param>
/// <param name="Queues">To which the rights are limited; none: they are not.</param>
/// <param name="Sites">To which the rights are limited; none: they are not.</param>
public sealed record RoleView(
    string Id,
    string Name,
    IReadOnlyList<string> Rights,
    bool BuiltIn,
    IReadOnlyList<string> Queues,
    IReadOnlyList<string> Sites
);

/// <param name="Name">For people; missing: what it was, or the id.</param>
/// <param name="Rights">Of the form <c>resource:read</c> and <c>resource:write</c>.</param>
/// <param name="Queues">Names of queues that bound it, 200 at most; missing or empty: they do not.</param>
/// <param name="Sites">Ids of sites that bound it, 200 at most; missing or empty: they do not.</param>
[AlsoTakes("id", "builtIn")]
public sealed record RoleBody(
    string? Name,
    IReadOnlyList<string>? Rights,
    IReadOnlyList<string>? Queues = null,
    IReadOnlyList<string>? Sites = null
);

internal static class RoleEndpoints
{
    private const int MaximumNameLength = 200;

    public static void MapRoles(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder roles = api.MapGroup("/roles").WithTags("Access");
        roles
            .MapGet("", ListAsync)
            .WithSummary("The roles with what each may do: the built-in ones, of which admin has all rights, then those that were made.")
            .Produces<Page<RoleView>>()
            .Fails(401, 403);
        roles
            .MapPut("/{id}", PutAsync)
            .WithSummary(
                "Creates or replaces a role, from the next call of its agents on; nobody gives or takes what is not theirs. "
                    + "Queues and sites limit it: its agents see and change only what is of those."
            )
            .Takes<RoleBody>()
            .Produces<RoleView>()
            .Produces<RoleView>(201)
            .Fails(401, 403, 409, 422);
        roles
            .MapDelete("/{id}", DeleteAsync)
            .WithSummary("Removes a role that no agent has; a built-in one is again what it was at first.")
            .Produces(204)
            .Fails(401, 403, 404, 409);
    }

    private static async Task<IResult> ListAsync(Roles roles, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<RoleView>([.. (await roles.ListAsync(cancellationToken)).Select(View)], null));

    private static async Task<IResult> PutAsync(
        string id,
        HttpContext context,
        Roles roles,
        DocumentStore documents,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        RefuseAdmin(id);
        RoleBody body = await Body.ReadAsync<RoleBody>(context.Request, cancellationToken);
        Role? existing = await roles.FindAsync(id, cancellationToken);
        RightSet rights = ReadRights("/rights", body.Rights);
        Role role = new(id, Query.Empty(body.Name) ?? existing?.Name ?? id, rights)
        {
            Bounds = await ReadBoundsAsync(body, documents, cancellationToken),
        };
        if (role.Name.Length > MaximumNameLength)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/name", Wrong.Length(MaximumNameLength))));
        context.RequireOwnRights(role.Rights | (existing?.Rights ?? RightSet.None));
        if (!await roles.PutAsync(role, cancellationToken))
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/id", Wrong.TooMany(Roles.MaximumCount))));
        return existing is null ? TypedResults.Created($"/api/v1/roles/{id}", View(role)) : TypedResults.Ok(View(role));
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        HttpContext context,
        Roles roles,
        AgentAccounts accounts,
        CancellationToken cancellationToken
    )
    {
        RefuseAdmin(Query.Id(id));
        Role role = await roles.FindAsync(id, cancellationToken) ?? throw new ProblemException(Problem.NotFound("role", id));
        context.RequireOwnRights(role.Rights | (Role.FindBuiltIn(id)?.Rights ?? RightSet.None));
        if (
            Role.FindBuiltIn(id) is null
            && (await accounts.AllAsync(cancellationToken)).FirstOrDefault(one => one.Role == id) is { } holder
        )
            throw new ProblemException(
                Problem.Of(StatusCodes.Status409Conflict, $"The agent '{holder.Id}' has the role '{id}'.", "RoleInUse")
            );
        await roles.DeleteAsync(id, cancellationToken);
        return TypedResults.NoContent();
    }

    /// <exception cref="ProblemException">They are missing, or nobody knows some of them.</exception>
    internal static RightSet ReadRights(string pointer, IReadOnlyList<string>? names)
    {
        Mistakes mistakes = new();
        if (names is null)
            mistakes.Add(pointer, Wrong.Missing);
        for (int i = 0; i < names?.Count; i++)
        {
            if (RightSet.FindMistake(names[i]) is { } mistake)
                mistakes.Add($"{pointer}/{i}", mistake);
        }
        mistakes.ThrowIfAny();
        return RightSet.Of(names!);
    }

    /// <exception cref="ProblemException">They are too many, or there is no such site.</exception>
    private static async ValueTask<Bounds?> ReadBoundsAsync(RoleBody body, DocumentStore documents, CancellationToken cancellationToken)
    {
        Mistakes mistakes = new();
        foreach ((string pointer, IReadOnlyList<string>? names) in new[] { ("/queues", body.Queues), ("/sites", body.Sites) })
        {
            if (names?.Count > Bounds.MaximumCount)
                mistakes.Add(pointer, Wrong.TooMany(Bounds.MaximumCount));
            for (int i = 0; i < names?.Count && i < Bounds.MaximumCount; i++)
            {
                if (names[i] is not { Length: > 0 and <= MaximumNameLength })
                    mistakes.Add($"{pointer}/{i}", Wrong.Length(MaximumNameLength));
            }
        }
        mistakes.ThrowIfAny();
        for (int i = 0; i < body.Sites?.Count; i++)
        {
            if (!await documents.ExistsAsync(DocumentKind.Site, body.Sites[i], cancellationToken))
                mistakes.Add($"/sites/{i}", Wrong.Unknown("site", body.Sites[i]));
        }
        mistakes.ThrowIfAny();
        return Bounds.Of(body.Queues, body.Sites);
    }

    private static void RefuseAdmin(string id)
    {
        if (id == Role.Admin)
            throw new ProblemException(
                Problem.Of(StatusCodes.Status409Conflict, "The role 'admin' has all rights, and keeps them.", "RoleIsFixed")
            );
    }

    private static RoleView View(Role role) =>
        new(
            role.Id,
            role.Name,
            role.Rights.Names,
            Role.FindBuiltIn(role.Id) is not null,
            role.Bounds?.Queues ?? [],
            role.Bounds?.Sites ?? []
        );
}
