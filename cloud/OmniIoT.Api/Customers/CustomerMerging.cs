using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain.Customers;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Customers;

/// <param name="From">The other customer.</param>
public sealed record MergeBody(string? From);

/// <summary>Another customer who may be the same person.</summary>
/// <param name="Identities">What both have.</param>
public sealed record MergeSuggestion(string CustomerId, string? Name, IReadOnlyList<Identity> Identities);

/// <summary>Customers who are one person.</summary>
internal static class CustomerMerging
{
    public static void MapCustomerMerging(this RouteGroupBuilder customers)
    {
        customers
            .MapPost("/{id}/merge", MergeAsync)
            .WithSummary("Makes another customer one person with this one, who survives: the other id answers with it from then on.")
            .Takes<MergeBody>()
            .Produces<Customer>()
            .Fails(401, 403, 404, 409, 412, 422);
        customers
            .MapPost("/{id}/unmerge", UnmergeAsync)
            .WithSummary("Undoes a merge: both are restored, and what came meanwhile stays with the one that it came from.")
            .Takes<MergeBody>()
            .Produces<Customer>()
            .Fails(401, 403, 404, 409, 412, 422);
        customers
            .MapGet("/{id}/merge-suggestions", SuggestAsync)
            .WithSummary("Customers who have an identity in common with this one, by id.")
            .Produces<Page<MergeSuggestion>>()
            .Fails(401, 404);
    }

    private static async Task<IResult> MergeAsync(
        string id,
        HttpContext context,
        Merging merging,
        ICustomerQueries customers,
        CancellationToken cancellationToken
    )
    {
        (Customer survivor, string from) = await ReadAsync(id, context, customers, cancellationToken);
        MergeCustomer request = new(from, EntityTag.Expected(context.Request), context.Caller().Actor);
        return Answer(context, (await merging.MergeAsync(survivor.Id, request)).OrThrow());
    }

    private static async Task<IResult> UnmergeAsync(
        string id,
        HttpContext context,
        Merging merging,
        ICustomerQueries customers,
        CancellationToken cancellationToken
    )
    {
        (Customer survivor, string from) = await ReadAsync(id, context, customers, cancellationToken);
        UnmergeCustomer request = new(from, EntityTag.Expected(context.Request), context.Caller().Actor);
        return Answer(context, (await merging.UnmergeAsync(survivor.Id, request)).OrThrow());
    }

    private static async Task<IResult> SuggestAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        ICatalog catalog,
        CancellationToken cancellationToken
    )
    {
        Customer customer = await customers.RequireAsync(context, id, cancellationToken);
        SortedDictionary<string, List<Identity>> shared = new(StringComparer.Ordinal);
        foreach (Identity identity in customer.Identities)
        {
            IReadOnlyList<string> holders = await customers.FindByIdentityAsync(identity.Type, identity.Value, cancellationToken);
            foreach (
                string other in holders.Select(catalog.Merges.SurvivorOf).Distinct().Where(other => other != customer.Id).OfType<string>()
            )
            {
                if (!shared.TryAdd(other, [identity]))
                    shared[other].Add(identity);
            }
        }
        List<MergeSuggestion> suggestions = [];
        foreach ((string other, List<Identity> identities) in shared)
        {
            if (
                await CallBounds.MayNameAsync(context, BoundKind.Customer, other, cancellationToken)
                && await customers.FindAsync(other, cancellationToken) is { } found
            )
                suggestions.Add(new MergeSuggestion(other, found.Name, identities));
        }
        return TypedResults.Ok(new Page<MergeSuggestion>(suggestions, null));
    }

    private static async Task<(Customer Survivor, string From)> ReadAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        CancellationToken cancellationToken
    )
    {
        Customer survivor = await customers.RequireAsync(context, id, cancellationToken);
        MergeBody body = await Body.ReadAsync<MergeBody>(context.Request, cancellationToken);
        if (Identifier.IsValid(body.From) && !await CallBounds.MayNameAsync(context, BoundKind.Customer, body.From!, cancellationToken))
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/from", Wrong.Unknown("customer", body.From))));
        return Identifier.IsValid(body.From) && body.From != id
            ? (survivor, body.From!)
            : throw new ProblemException(
                Problem.Unprocessable(new ProblemError("/from", "must name another customer: " + Identifier.Allowed))
            );
    }

    private static Ok<Customer> Answer(HttpContext context, Customer survivor) =>
        EntityTag.Tagged(context.Response, survivor, survivor.Version);
}
