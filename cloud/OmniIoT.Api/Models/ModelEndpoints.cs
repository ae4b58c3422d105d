using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Models;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Models;

internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder models = api.MapGroup("/models").WithTags("Models");
        models
            .MapDocuments(DocumentKind.Model)
            .WithSummary("The device models, by id; q matches id or name anywhere.")
            .Produces<Page<JsonElement>>()
            .Fails(401, 422);
        models.MapDocument(DocumentKind.Model).WithSummary("A device model as it was written.").Produces<JsonElement>().Fails(401, 404);
        models
            .MapPut("/{id}", PutAsync)
            .Writes<JsonElement, JsonElement>(
                "Creates or replaces a device model; a wrong one is refused whole, with the place of each mistake."
            );
        models.MapDelete("/{id}", DeleteAsync).Removes("Removes a model that no device has.").Fails(409);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        ReadOnlyMemory<byte> json = await Body.ReadJsonAsync(context.Request, cancellationToken);
        DeviceModelResult result = DeviceModelReader.Read(json, id, TextMistakes, RuleBudget.Default);
        if (result.Model is null)
            throw new ProblemException(Problem.Unprocessable([.. result.Mistakes.Select(ToError)]));
        return await documents.PutAsync(DocumentKind.Model, id, DocumentJson.WithId(json, id), context, cancellationToken);
    }

    private static async Task<IResult> DeleteAsync(
        string id,
        DocumentStore documents,
        IDeviceQueries devices,
        HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        Page<DeviceRegistration> users = await devices.ListAsync(new DeviceFilter(Model: id), new PageRequest(null, 1), cancellationToken);
        if (users.Items.Count > 0)
            throw new ProblemException(
                Problem.Of(StatusCodes.Status409Conflict, $"Devices have the model '{id}': '{users.Items[0].Id}' is one.", "ModelInUse")
            );
        return await documents.DeleteAsync(DocumentKind.Model, id, request, cancellationToken);
    }

    private static IEnumerable<string> TextMistakes(string text) =>
        Template.Parse(text, TemplateNames.Device).Mistakes.Select(mistake => mistake.Message);

    private static ProblemError ToError(OmniIoT.Devices.Models.Mistake mistake) =>
        new(mistake.Pointer, mistake.Line, mistake.Column, mistake.Message, mistake.Kind, mistake.Values);
}
