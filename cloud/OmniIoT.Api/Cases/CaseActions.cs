using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Cases;

/// <summary>What people do with cases; the grain of the case's device decides, that of its customer when it has none.</summary>
internal static class CaseActions
{
    private const string DefaultQueue = "support";

    public static void MapCaseActions(this RouteGroupBuilder cases)
    {
        cases
            .MapPost("", OpenAsync)
            .WithSummary("Opens a case by hand.")
            .Takes<CaseBody>()
            .Produces<Case>(201)
            .Fails(401, 409, 422);
        cases
            .MapPatch("/{id}", ChangeAsync)
            .WithSummary("Changes status, priority, queue, assignee or title.")
            .Takes<CasePatch>()
            .Produces<Case>()
            .Fails(401, 404, 409, 412, 422);
        cases
            .MapPost("/{id}/resolve", ResolveAsync)
            .WithSummary("Resolves a case; a device's case is verified by its telemetry first.")
            .MayTake<ResolveBody>()
            .Produces<Case>()
            .Fails(401, 404, 409, 412, 422);
        cases
            .MapPost("/{id}/notes", NoteAsync)
            .WithSummary("Adds a note.")
            .Takes<NoteBody>()
            .Produces<TimelineEntry>(201)
            .Fails(401, 404, 422);
    }

    private static async Task<IResult> OpenAsync(
        HttpContext context,
        IDeviceQueries devices,
        ICustomerQueries customers,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        CaseBody body = await Body.ReadAsync<CaseBody>(context.Request, cancellationToken);
        DeviceRegistration? device = await FindAsync(
            "/deviceId",
            body.DeviceId,
            devices.FindAsync,
            cancellationToken
        );
        string? customerId = body.CustomerId ?? device?.CustomerId;
        Customer? customer = await FindAsync(
            "/customerId",
            customerId,
            customers.FindAsync,
            cancellationToken
        );
        Mistakes mistakes = new();
        if (string.IsNullOrWhiteSpace(body.Title))
            mistakes.Add("/title", "is missing");
        if (device is null && customer is null)
            mistakes.Add("", "must name a deviceId or a customerId");
        mistakes.ThrowIfAny();
        OpenCase request = new(
            customer is null ? null : customerId,
            device?.Id,
            body.Title!,
            body.Priority ?? CasePriority.Normal,
            Query.Empty(body.Queue) ?? DefaultQueue,
            body.OpenedBy ?? CaseOpener.Agent,
            context.Caller().Actor
        );
        Case opened = (
            await grains.Of(OwnerOf(device?.Id, customerId)).OpenCaseAsync(request)
        ).OrThrow();
        EntityTag.Set(context.Response, opened.Version);
        return TypedResults.Created($"/api/v1/cases/{opened.Id}", opened);
    }

    private static async Task<IResult> ChangeAsync(
        string id,
        HttpContext context,
        ICaseQueries cases,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Case found = await cases.RequireAsync(id, cancellationToken);
        CasePatch patch = CasePatch.Read(
            await Body.ReadJsonAsync(context.Request, cancellationToken)
        );
        ChangeCase request = new(
            id,
            context.Caller().Actor,
            patch.Status,
            patch.Priority,
            patch.Queue,
            patch.Assignee,
            patch.Title,
            EntityTag.Expected(context.Request)
        );
        Case changed = (await grains.Of(OwnerOf(found)).ChangeCaseAsync(request)).OrThrow();
        EntityTag.Set(context.Response, changed.Version);
        return TypedResults.Ok(changed);
    }

    private static async Task<IResult> ResolveAsync(
        string id,
        HttpContext context,
        ICaseQueries cases,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Case found = await cases.RequireAsync(id, cancellationToken);
        ResolveBody? body = await Body.ReadOptionalAsync<ResolveBody>(
            context.Request,
            cancellationToken
        );
        ResolveCase request = new(
            id,
            body?.Resolution,
            context.Caller().Actor,
            EntityTag.Expected(context.Request)
        );
        Case resolved = (await grains.Of(OwnerOf(found)).ResolveCaseAsync(request)).OrThrow();
        EntityTag.Set(context.Response, resolved.Version);
        return TypedResults.Ok(resolved);
    }

    private static async Task<IResult> NoteAsync(
        string id,
        HttpContext context,
        ICaseQueries cases,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Case found = await cases.RequireAsync(id, cancellationToken);
        NoteBody body = await Body.ReadAsync<NoteBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Text))
            throw new ProblemException(
                Problem.Unprocessable(new ProblemError("/text", "is missing"))
            );
        NoteCase request = new(id, body.Text, context.Caller().Actor);
        TimelineEntry entry = (await grains.Of(OwnerOf(found)).NoteCaseAsync(request)).OrThrow();
        return TypedResults.Created($"/api/v1/cases/{id}/timeline", entry);
    }

    private static async ValueTask<T?> FindAsync<T>(
        string pointer,
        string? id,
        Func<string, CancellationToken, ValueTask<T?>> find,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (Query.Empty(id) is null)
            return null;
        return await find(id!, cancellationToken)
            ?? throw new ProblemException(
                Problem.Unprocessable(new ProblemError(pointer, $"There is no '{id}'."))
            );
    }

    private static EntityId OwnerOf(Case found) => OwnerOf(found.DeviceId, found.CustomerId);

    private static EntityId OwnerOf(string? deviceId, string? customerId) =>
        deviceId is not null ? EntityId.Device(deviceId) : EntityId.Customer(customerId!);
}
