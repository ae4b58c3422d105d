using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Devices;

internal static class TwinEndpoints
{
    public static void MapTwin(this RouteGroupBuilder devices)
    {
        devices
            .MapGet("/{id}/twin", GetAsync)
            .WithSummary("What is known of a device now; the entity tag is that of the desired properties.")
            .Produces<TwinView>()
            .Fails(401, 404);
        devices
            .MapPatch("/{id}/twin/desired", PatchAsync)
            .WithSummary("Merges into the desired properties (RFC 7386); answers the twin.")
            .Takes<JsonObject>()
            .Produces<TwinView>()
            .Fails(401, 404, 412, 422);
    }

    private static async Task<IResult> GetAsync(string id, ITwinQueries twins, HttpResponse response, CancellationToken cancellationToken)
    {
        TwinView twin =
            await twins.FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("device", id));
        return EntityTag.Tagged(response, twin, twin.Version);
    }

    private static async Task<IResult> PatchAsync(string id, HttpContext context, IGrains grains, CancellationToken cancellationToken)
    {
        Query.Id(id);
        JsonObject patch = await Body.ReadObjectAsync(context.Request, cancellationToken);
        PatchDesired request = new(patch, EntityTag.Expected(context.Request));
        TwinView twin = (await grains.Device(id).PatchDesiredAsync(request)).OrThrow();
        return EntityTag.Tagged(context.Response, twin, twin.Version);
    }
}
