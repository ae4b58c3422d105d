using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Access.Keys;

/// <param name="Key">Only in the answer to its making.</param>
public sealed record ApiKeyView(
    string Id,
    string Name,
    IReadOnlyList<string> Rights,
    Instant CreatedAt,
    string CreatedBy,
    Instant? ExpiresAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Key = null
);

/// <param name="Name">What it is for.</param>
/// <param name="Rights">Of the form <c>resource:read</c> and <c>resource:write</c>; none that the caller has not.</param>
/// <param name="ExpiresAt">When it ends; missing: never.</param>
public sealed record ApiKeyBody(string? Name, IReadOnlyList<string>? Rights, Instant? ExpiresAt);

internal static class ApiKeyEndpoints
{
    private const int MaximumNameLength = 200;

    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder keys = api.MapGroup("/api-keys").WithTags("Access");
        keys.MapGet("", ListAsync)
            .WithSummary("The keys that programs call with, by name, without what is secret of them.")
            .Produces<Page<ApiKeyView>>()
            .Fails(401, 403);
        keys.MapPost("", CreateAsync)
            .WithSummary("Makes a key with rights of the caller's; the key is told this once.")
            .Takes<ApiKeyBody>()
            .Produces<ApiKeyView>(201)
            .Fails(401, 403, 422);
        keys.MapDelete("/{id}", DeleteAsync).WithSummary("Ends a key, and what is open with it.").Produces(204).Fails(401, 403, 404);
    }

    private static async Task<IResult> ListAsync(ApiKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(new Page<ApiKeyView>([.. (await keys.ListAsync(cancellationToken)).Select(key => View(key))], null));

    private static async Task<IResult> CreateAsync(HttpContext context, ApiKeys keys, IdGenerator ids, CancellationToken cancellationToken)
    {
        ApiKeyBody body = await Body.ReadAsync<ApiKeyBody>(context.Request, cancellationToken);
        Check(body, ids.Now());
        NewKey wanted = new(body.Name!, RoleEndpoints.ReadRights("/rights", body.Rights), body.ExpiresAt, context.Caller().Actor);
        context.RequireOwnRights(wanted.Rights);
        return await keys.CreateAsync(wanted, cancellationToken) is ({ } stored, { } key)
            ? TypedResults.Created($"/api/v1/api-keys/{stored.Id}", View(stored, key))
            : throw new ProblemException(Problem.Unprocessable(new ProblemError("", $"must not be more than {ApiKeys.MaximumCount} keys")));
    }

    private static async Task<IResult> DeleteAsync(string id, HttpContext context, ApiKeys keys, CancellationToken cancellationToken)
    {
        Query.Id(id);
        StoredKey? key = (await keys.ListAsync(cancellationToken)).FirstOrDefault(one => one.Id == id);
        if (key is not null)
            context.RequireOwnRights(RightSet.Stored(key.Rights));
        return await keys.DeleteAsync(id, cancellationToken)
            ? TypedResults.NoContent()
            : throw new ProblemException(Problem.NotFound("API key", id));
    }

    private static void Check(ApiKeyBody body, Instant now)
    {
        Mistakes mistakes = new();
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > MaximumNameLength)
            mistakes.Add("/name", Wrong.Length(MaximumNameLength));
        if (body.ExpiresAt <= now)
            mistakes.Add("/expiresAt", "must lie ahead");
        mistakes.ThrowIfAny();
    }

    private static ApiKeyView View(StoredKey stored, string? key = null) =>
        new(stored.Id, stored.Name, stored.Rights, stored.CreatedAt, stored.CreatedBy, stored.ExpiresAt, key);
}
