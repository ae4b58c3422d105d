using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Customers;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Customers;

/// <summary>A new app token.</summary>
public sealed record TokenView(string Token);

internal static class CustomerEndpoints
{
    public static void MapCustomers(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder customers = api.MapGroup("/customers").WithTags("Customers");
        customers
            .MapGet("", ListAsync)
            .ListsPersons()
            .WithSummary(
                "Customers, by id; every word of q is a part of one in the id, the name or an identity; telephone numbers in any notation."
            )
            .Produces<Page<Customer>>()
            .Fails(401, 422);
        customers.MapGet("/{id}", GetAsync).Shows<Customer>("A customer.");
        customers.MapPut("/{id}", PutAsync).Writes<CustomerBody, Customer>("Creates or replaces a customer.");
        customers.MapDelete("/{id}", DeleteAsync).Removes("Erases a customer everywhere, with all who were merged with it.");
        customers
            .MapPost("/{id}/app-token", RotateTokenAsync)
            .WithSummary("Gives a new app token; the old one ends, and so do its connections.")
            .Produces<TokenView>()
            .Fails(401, 403, 404);
        customers
            .MapGet("/{id}/export", ExportAsync)
            .WithSummary("All that is stored of a customer, as one JSON.")
            .Produces<CustomerExport.Shape>()
            .Fails(401, 403, 404);
        customers.MapCustomerTimeline();
        customers.MapCustomerPlaces();
        customers.MapCustomerMerging();
    }

    /// <exception cref="ProblemException">There is no such customer, or an app asks for another than its own.</exception>
    public static async ValueTask<Customer> RequireAsync(
        this ICustomerQueries customers,
        HttpContext context,
        string id,
        CancellationToken cancellationToken
    )
    {
        context.RequireOwn(Query.Id(id));
        return await customers.FindAsync(id, cancellationToken) ?? throw new ProblemException(Problem.NotFound("customer", id));
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        ICustomerQueries customers,
        string? q,
        string? count,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    ) =>
        TypedResults.Ok(
            await customers.ListAsync(Query.Empty(q), Query.Page(cursor, limit, count: count), cancellationToken, context.Bounds())
        );

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        CancellationToken cancellationToken
    )
    {
        Customer customer = await customers.RequireAsync(context, id, cancellationToken);
        return EntityTag.Tagged(context.Response, customer, customer.Version);
    }

    private static async Task<IResult> PutAsync(
        string id,
        HttpContext context,
        ICatalog catalog,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        CustomerBody body = await Body.ReadAsync<CustomerBody>(context.Request, cancellationToken);
        PutCustomerData request = body.ToRequest(EntityTag.Expected(context.Request), context.Caller().Actor);
        CustomerStored stored = (await grains.Customer(catalog.Merges.SurvivorOf(id)).PutAsync(request)).OrThrow();
        EntityTag.Set(context.Response, stored.Customer.Version);
        return stored.Created ? TypedResults.Created(context.Request.Path, stored.Customer) : TypedResults.Ok(stored.Customer);
    }

    private static async Task<IResult> DeleteAsync(string id, HttpRequest request, Removals removals)
    {
        // Half an erasure is worse than one nobody waits for: it is carried through even if the caller leaves.
        (await removals.EraseCustomerAsync(Query.Id(id), EntityTag.Expected(request), CancellationToken.None)).OrThrow();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RotateTokenAsync(string id, Removals removals) =>
        TypedResults.Ok(new TokenView((await removals.RotateAsync(EntityId.Customer(Query.Id(id)))).OrThrow()));

    private static async Task ExportAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        CustomerExport export,
        Records records,
        CancellationToken cancellationToken
    )
    {
        Customer customer = await customers.RequireAsync(context, id, cancellationToken);
        await records.WriteAsync(context.Origin(), AuditActions.CustomerExported, EntityId.Customer(customer.Id).ToString());
        context.Response.ContentType = "application/json";
        await export.WriteAsync(customer, context.Response.BodyWriter, cancellationToken);
    }
}
