using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Hosting;

/// <summary>What is answered alike, whatever kind of thing is asked for, written and removed.</summary>
internal static class UsualCalls
{
    /// <summary>Answers with a page.</summary>
    public static RouteHandlerBuilder Lists<TItem>(this RouteHandlerBuilder builder, string summary) =>
        builder.WithSummary(summary).Produces<Page<TItem>>().Fails(401, 403, 422);

    /// <summary>Answers with the one that the address names.</summary>
    public static RouteHandlerBuilder Shows<TView>(this RouteHandlerBuilder builder, string summary) =>
        builder.WithSummary(summary).Produces<TView>().Fails(401, 403, 404);

    /// <summary>Creates or replaces the one that the address names, in the version that <c>If-Match</c> asks for.</summary>
    public static RouteHandlerBuilder Writes<TBody, TView>(this RouteHandlerBuilder builder, string summary) =>
        builder.WithSummary(summary).Takes<TBody>().Produces<TView>().Produces<TView>(201).Fails(401, 403, 412, 422);

    /// <summary>Removes the one that the address names, in the version that <c>If-Match</c> asks for.</summary>
    public static RouteHandlerBuilder Removes(this RouteHandlerBuilder builder, string summary) =>
        builder.WithSummary(summary).Produces(204).Fails(401, 403, 404, 412);
}
