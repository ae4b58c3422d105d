using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Places;

/// <summary>Fences by the file: GeoJSON in and out.</summary>
internal static class FenceFileEndpoints
{
    private const string MediaType = "application/geo+json";

    /// <summary>Some 100,000 shops.</summary>
    private const int MaximumBytes = 64 * 1024 * 1024;

    private const int FlushedBytes = 64 * 1024;

    public static void MapFenceFiles(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder fences = api.MapGroup("/fences").WithTags("Places");
        fences
            .MapPost("/import", ImportAsync)
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithSummary(
                "Creates or replaces the fences of a GeoJSON FeatureCollection of 64 MiB at most: all or none, unless partial=true. replace=true removes the site's others. Stored are some hundreds at a time: whatever fails then is repaired by the same call."
            )
            .Takes<JsonElement>()
            .Produces<ImportedFences>()
            .Fails(401, 403, 413, 422);
        fences
            .MapGet("/export", ExportAsync)
            .WithSummary("All fences, or those of a site, as a GeoJSON FeatureCollection that can be imported.")
            .Produces<JsonElement>(200, MediaType)
            .Fails(401);
    }

    private static async Task<IResult> ImportAsync(
        [AsParameters] FenceImportQuery query,
        HttpRequest request,
        DocumentStore store,
        FenceImport import,
        CancellationToken cancellationToken
    )
    {
        FenceImportOptions options = query.Read();
        if (options is { Replaces: true, SiteId: null })
            throw Query.Refuse("siteId", "is required with replace=true");
        if (options.SiteId is { } site)
            await store.RequireSiteAsync(site, cancellationToken);
        return TypedResults.Ok(await import.RunAsync(request.Body, options, cancellationToken));
    }

    private static async Task ExportAsync(string? siteId, HttpContext context, DocumentStore store, CancellationToken cancellationToken)
    {
        HttpResponse response = context.Response;
        response.ContentType = MediaType;
        response.Headers.ContentDisposition = "attachment; filename=\"fences.geojson\"";
        await using Utf8JsonWriter writer = new(response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("type", "FeatureCollection");
        writer.WriteStartArray("features");
        DocumentFilter filter = new(SiteId: Query.Empty(siteId)) { Sites = context.Bounds()?.Sites };
        await foreach (Document fence in store.AllAsync(DocumentKind.Fence, filter, cancellationToken))
        {
            WriteFeature(writer, fence);
            if (writer.BytesPending > FlushedBytes)
            {
                await writer.FlushAsync(cancellationToken);
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteFeature(Utf8JsonWriter writer, Document fence)
    {
        using JsonDocument document = JsonDocument.Parse(fence.Json);
        writer.WriteStartObject();
        writer.WriteString("type", "Feature");
        writer.WriteString("id", fence.Id);
        writer.WriteStartObject("properties");
        foreach (JsonProperty property in document.RootElement.EnumerateObject())
        {
            if (
                property.Name is "siteId" or "name"
                || (property.Name == "radiusMeters" && property.Value.ValueKind == JsonValueKind.Number)
            )
                property.WriteTo(writer);
        }

        writer.WriteEndObject();
        writer.WritePropertyName("geometry");
        document.RootElement.GetProperty("geometry").WriteTo(writer);
        writer.WriteEndObject();
    }
}
