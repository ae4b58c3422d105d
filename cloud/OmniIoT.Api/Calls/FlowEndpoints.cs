using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Audit;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Text;
using OmniIoT.Ports;
using OmniIoT.Ports.Catalogs;

namespace OmniIoT.Api.Calls;

/// <summary>Voice menus with their versions, and how a call would go through one.</summary>
internal static class FlowEndpoints
{
    private const int MaxInputs = 100;
    private const int MaxInput = 200;

    /// <summary>What is asked about somebody's number is answered with their devices and cases.</summary>
    private static readonly RightSet AboutCustomers = RightSet.Of("customers:read", "devices:read", "cases:read");

    public static void MapFlows(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder flows = api.MapGroup("/flows").WithTags("Voice");
        flows.MapDocuments(DocumentKind.Flow).Lists<JsonElement>("Voice menus, by id; q matches id or name anywhere.");
        flows.MapDocument(DocumentKind.Flow).Shows<JsonElement>("A voice menu as it was written.");
        flows
            .MapPut("/{id}", PutAsync)
            .Writes<FlowBody, JsonElement>(
                "Creates or replaces a voice menu, for calls and turns from now on; what it was before stays as a version."
            );
        flows
            .MapDocumentRemoval(DocumentKind.Flow)
            .Removes("Removes a voice menu; calls on channels that name it go to their queue. Its versions stay.");
        DocumentVersions.Flows.Map(
            flows,
            "What a voice menu was, the newest first.",
            static one => new FlowVersionView(one.Id, one.Of, one.At, one.Actor, one.Document)
        );
        flows
            .MapPost("/{id}/simulate", SimulateAsync)
            .ReadsOnly()
            .WithSummary(
                "How a call would go through a voice menu, stored or not yet, with the TwiML of each step; without a trace anywhere."
            )
            .Takes<SimulationBody>()
            .Produces<SimulationView>()
            .Fails(401, 403, 404, 422);
    }

    private static async Task<IResult> PutAsync(
        string id,
        DocumentStore documents,
        IdGenerator ids,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        (_, ReadOnlyMemory<byte> json) = await DocumentJson.ReadAsync(id, context, FlowReader.Read, cancellationToken);
        Effect version = DocumentVersions.Flows.Next(id, json, context, ids);
        return await documents.PutAsync(DocumentKind.Flow, id, json, context, cancellationToken, new[] { version });
    }

    private static async Task<IResult> SimulateAsync(
        string id,
        HttpContext context,
        ICatalog catalog,
        FlowOutlook outlook,
        CancellationToken cancellationToken
    )
    {
        SimulationBody body = await Body.ReadAsync<SimulationBody>(context.Request, cancellationToken);
        Check(body);
        Flow flow = body.Flow is { } written ? ReadWritten(Query.Id(id), written) : FindStored(Query.Id(id), catalog);
        string? number = Query.Empty(body.From);
        if (number is not null && !context.Caller().Rights.Covers(AboutCustomers))
            throw Access.Access.Forbidden();
        CallView view = await outlook.ViewAsync(flow, number, Locales.Of(body.Locale), cancellationToken);
        context.Concerns(view.Customer?.Id);
        return TypedResults.Ok(new SimulationView([.. Simulate(flow, view, body.Inputs ?? [])]));
    }

    private static Flow FindStored(string id, ICatalog catalog) =>
        catalog.Flows.TryGetValue(id, out Flow? flow) ? flow : throw new ProblemException(Problem.NotFound("flow", id));

    /// <exception cref="ProblemException">It is no such flow; every mistake is named by its place in the body.</exception>
    private static Flow ReadWritten(string id, JsonElement written)
    {
        DocumentReading<Flow> reading = FlowReader.Read(id, written);
        return reading.Accepted
            ? reading.Value
            : throw new ProblemException(Problem.Unprocessable([.. reading.Mistakes.Select(static one => ErrorIn("/flow", one))]));
    }

    private static ProblemError ErrorIn(string place, FieldMistake mistake) =>
        Readings.ErrorOf(mistake with { Pointer = place + mistake.Pointer });

    private static void Check(SimulationBody body)
    {
        Mistakes mistakes = new();
        if (body.From?.Length > MaxInput)
            mistakes.Add("/from", $"must have at most {MaxInput} characters");
        if (body.Locale is not null && Locales.Of(body.Locale) is null)
            mistakes.Add("/locale", $"must be one of {string.Join(' ', Locales.All)}");
        if (body.Inputs?.Count > MaxInputs)
            mistakes.Add("/inputs", $"must be at most {MaxInputs}");
        for (int i = 0; i < Math.Min(body.Inputs?.Count ?? 0, MaxInputs); i++)
        {
            if (body.Inputs![i] is not { Length: <= MaxInput })
                mistakes.Add($"/inputs/{i}", $"must be a text of at most {MaxInput} characters");
        }
        mistakes.ThrowIfAny();
    }

    private static IEnumerable<SimulationStep> Simulate(Flow flow, CallView view, IReadOnlyList<string> inputs)
    {
        CallStep step = FlowEngine.Begin(flow, view);
        int turn = 1;
        yield return ViewOf(null, step, view, turn);
        foreach (string input in inputs)
        {
            if (step.Ends)
                yield break;
            step = FlowEngine.Next(flow, step.At, CallInput.Of(input), view);
            yield return ViewOf(input, step, view, ++turn);
        }
    }

    private static SimulationStep ViewOf(string? input, CallStep step, CallView view, int turn) =>
        new(input, step.Path, step.At.Node, step.Acts, Twiml.Of(step.Acts, view.Locale, turn));
}
