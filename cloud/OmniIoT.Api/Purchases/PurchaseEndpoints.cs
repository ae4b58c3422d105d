using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Grains.Abstractions;

namespace OmniIoT.Api.Purchases;

/// <summary>What shops sold, by the file.</summary>
internal static class PurchaseEndpoints
{
    private const int MaximumBytes = 8 * 1024 * 1024;

    public static void MapPurchases(this IEndpointRouteBuilder api) =>
        api.MapPost("/purchases/import", ImportAsync)
            .WithTags("Customers")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithSummary(
                "Takes purchases and returns from comma-separated values of 8 MiB and 50,000 lines at most, an item a line: orderId, kind (made, returned), customerId, email or phone, at, sku, name, quantity, price, currency, siteId. An order is taken whole or refused; the same order again changes nothing. dryRun=true only tells."
            )
            .Produces<ImportedPurchases>()
            .Fails(401, 403, 413, 422);

    private static async Task<IResult> ImportAsync(
        string? dryRun,
        HttpContext context,
        PurchaseBuyers buyers,
        DocumentStore documents,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        PurchaseImport import = new(buyers, documents, grains);
        bool isDry = Query.Flag("dryRun", dryRun) is true;
        return TypedResults.Ok(await import.RunAsync(context.Request.Body, isDry, context.Caller().Actor, cancellationToken));
    }
}
