using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Campaigns;

/// <param name="Code">What the customer shows.</param>
/// <param name="SiteId">Where; missing: not checked.</param>
public sealed record RedeemBody(string? Code, string? SiteId);

internal static class OfferEndpoints
{
    public static void MapOffers(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder offers = api.MapGroup("/offers").WithTags("Offers");
        offers.MapGet("/{id}", GetAsync).Shows<Offer>("An offer.");
        offers
            .MapPost("/{id}/open", OpenAsync)
            .WithSummary("Says that the customer looked at the offer.")
            .Produces<Offer>()
            .Fails(401, 403, 404, 409);
        offers
            .MapPost("/{id}/redeem", RedeemAsync)
            .WithSummary("Redeems the offer by its code.")
            .Takes<RedeemBody>()
            .Produces<Offer>()
            .Fails(401, 403, 404, 409, 422);
    }

    private static async Task<IResult> GetAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        CancellationToken cancellationToken
    ) => TypedResults.Ok(await RequireAsync(customers, context, id, cancellationToken));

    private static async Task<IResult> OpenAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Offer offer = await RequireAsync(customers, context, id, cancellationToken);
        return TypedResults.Ok((await grains.Customer(offer.CustomerId).OpenOfferAsync(new OpenOffer(id))).OrThrow());
    }

    private static async Task<IResult> RedeemAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Offer offer = await RequireAsync(customers, context, id, cancellationToken);
        RedeemBody body = await Body.ReadAsync<RedeemBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Code))
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/code", Wrong.Missing)));
        RedeemOffer request = new(id, body.Code, Query.Empty(body.SiteId));
        return TypedResults.Ok((await grains.Customer(offer.CustomerId).RedeemOfferAsync(request)).OrThrow());
    }

    private static async ValueTask<Offer> RequireAsync(
        ICustomerQueries customers,
        HttpContext context,
        string id,
        CancellationToken cancellationToken
    )
    {
        Offer offer =
            await customers.FindOfferAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("offer", id));
        context.RequireOwn(offer.CustomerId);
        if (!await CallBounds.MayNameAsync(context, BoundKind.Customer, offer.CustomerId, cancellationToken))
            throw new ProblemException(Problem.NotFound("offer", id));
        return offer;
    }
}
