using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Places;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Provisioning;

internal static class EnrollmentEndpoints
{
    public static void MapEnrollments(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder enrollments = api.MapGroup("/enrollments").WithTags("Provisioning");
        enrollments.MapGet("", ListAsync).Lists<EnrollmentView>("Enrolments, by id; q is in the id.");
        enrollments.MapGet("/{id}", GetAsync).Shows<EnrollmentView>("An enrolment.");
        enrollments
            .MapPut("/{id}", PutAsync)
            .Writes<EnrollmentBody, EnrollmentView>("Creates an enrolment or changes its terms; the key is told once, at creation.");
        enrollments
            .MapPost("/{id}/key", ChangeKeyAsync)
            .WithSummary("Gives a new key; the old one and the tokens made with it end.")
            .Produces<EnrollmentKeyView>()
            .Fails(401, 403, 404, 412);
        enrollments
            .MapDelete("/{id}", DeleteAsync)
            .Removes("Revokes an enrolment: nothing registers with it any more. Devices that did go on working; what was recorded stays.");
        enrollments
            .MapGet("/{id}/registrations", RegistrationsAsync)
            .WithSummary(
                "Who tried to register, when, from which address, and what came of it, newest first; of the refused the newest 1,000."
            )
            .Produces<Page<Registration>>()
            .Fails(401, 403, 404, 422);
    }

    private static async Task<IResult> ListAsync(
        Enrollments enrollments,
        EnrollmentViewing viewing,
        string? q,
        string? count,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        Page<VersionedEnrollment> page = await enrollments.ListAsync(
            Query.Page(cursor, limit, count: count),
            Query.Empty(q),
            cancellationToken
        );
        List<EnrollmentView> views = [];
        foreach (VersionedEnrollment enrollment in page.Items)
            views.Add(await viewing.OfAsync(enrollment.Stored, isNew: false, cancellationToken));
        return TypedResults.Ok(new Page<EnrollmentView>(views, page.Next) { Total = page.Total });
    }

    private static async Task<IResult> GetAsync(
        string id,
        Enrollments enrollments,
        EnrollmentViewing viewing,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        VersionedEnrollment enrollment = await enrollments.FindAsync(Query.Id(id), cancellationToken) ?? throw Missing(id);
        EntityTag.Set(response, enrollment.Version);
        return TypedResults.Ok(await viewing.OfAsync(enrollment.Stored, isNew: false, cancellationToken));
    }

    private static async Task<IResult> PutAsync(
        string id,
        HttpContext context,
        Enrollments enrollments,
        CatalogKeeper catalogs,
        DocumentStore documents,
        EnrollmentViewing viewing,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        using JsonDocument document = JsonDocument.Parse(await Body.ReadJsonAsync(context.Request, cancellationToken));
        Enrollment terms = EnrollmentReader.Read(id, document.RootElement, catalogs.Current.Models).OrThrow();
        if (terms.SiteId is { } site)
            await documents.RequireSiteAsync(site, cancellationToken);
        (VersionedEnrollment? before, VersionedEnrollment after) = (
            await enrollments.PutAsync(terms, EntityTag.Expected(context.Request), cancellationToken)
        ).OrThrow();
        EntityTag.Set(context.Response, after.Version);
        EnrollmentView view = await viewing.OfAsync(after.Stored, isNew: before is null, cancellationToken);
        return before is null ? TypedResults.Created(context.Request.Path, view) : TypedResults.Ok(view);
    }

    private static async Task<IResult> ChangeKeyAsync(
        string id,
        HttpContext context,
        Enrollments enrollments,
        EnrollmentKeys keys,
        CancellationToken cancellationToken
    )
    {
        int? expected = EntityTag.Expected(context.Request);
        VersionedEnrollment after = (await enrollments.ChangeKeyAsync(Query.Id(id), expected, cancellationToken)).OrThrow().After;
        EntityTag.Set(context.Response, after.Version);
        return TypedResults.Ok(new EnrollmentKeyView(id, await keys.KeyOfAsync(after.Stored, cancellationToken)));
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        HttpRequest request,
        Enrollments enrollments,
        CancellationToken cancellationToken
    )
    {
        (await enrollments.DeleteAsync(Query.Id(id), EntityTag.Expected(request), cancellationToken)).OrThrow();
        return TypedResults.NoContent();
    }

    /// <summary>The record outlives its enrolment.</summary>
    private static async Task<IResult> RegistrationsAsync(
        string id,
        Enrollments enrollments,
        IProvisioningQueries provisioning,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        Page<Registration> page = await provisioning.RegistrationsAsync(Query.Id(id), Query.Page(cursor, limit), cancellationToken);
        bool isKnown = page.Items.Count > 0 || cursor is not null || await enrollments.FindAsync(id, cancellationToken) is not null;
        return isKnown ? TypedResults.Ok(page) : throw Missing(id);
    }

    private static ProblemException Missing(string id) => new(Problem.NotFound("enrollment", id));
}
