using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Cases;

/// <summary>
/// What people do with cases; the grain of the case's device decides, that of its customer when it has none. A case that is left
/// without either, as after an erasure, is decided on by the grain of its own id.
/// </summary>
internal static class CaseActions
{
    private const string DefaultQueue = "support";

    public static void MapCaseActions(this RouteGroupBuilder cases)
    {
        cases
            .MapPost("", OpenAsync)
            .WithSummary(
                "Opens a case by hand. A device with an unresolved one has it joined with join=true, as a note; else it is a conflict that names it."
            )
            .Takes<CaseBody>()
            .Produces<Case>()
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
        ICaseQueries cases,
        IGrains grains,
        string? join,
        CancellationToken cancellationToken
    )
    {
        CaseBody body = await Body.ReadAsync<CaseBody>(context.Request, cancellationToken);
        CallBounds.RequireQueue(context, Query.Empty(body.Queue) ?? DefaultQueue);
        await RequireWithinAsync(context, body, cancellationToken);
        DeviceRegistration? device = await FindAsync("/deviceId", body.DeviceId, devices.FindAsync, cancellationToken);
        string? customerId = body.CustomerId ?? device?.CustomerId;
        Customer? customer = await FindAsync("/customerId", customerId, customers.FindAsync, cancellationToken);
        Mistakes mistakes = new();
        if (string.IsNullOrWhiteSpace(body.Title))
            mistakes.Add("/title", Wrong.Missing);
        mistakes.AddIfLonger("/title", body.Title, TextLimits.Title);
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
        ICaseGrain owner = grains.Of(device is null ? EntityId.Customer(customerId!) : EntityId.Device(device.Id));
        bool joins = Query.Flag("join", join) is true;
        Reply<Case> reply = await owner.OpenCaseAsync(request);
        if (
            reply.Rejection is { Code: DeviceDecider.UnresolvedCase } exists
            && await NewestOfAsync(device!.Id, cases, cancellationToken) is { } unresolved
        )
            return await JoinAsync(context, owner, request, unresolved, joins ? null : exists);
        Case opened = reply.OrThrow();
        EntityTag.Set(context.Response, opened.Version);
        return TypedResults.Created($"/api/v1/cases/{opened.Id}", opened);
    }

    /// <exception cref="ProblemException">The caller may not see what it is about.</exception>
    private static async ValueTask RequireWithinAsync(HttpContext context, CaseBody body, CancellationToken cancellationToken)
    {
        Mistakes mistakes = new();
        if (
            Query.Empty(body.DeviceId) is { } device
            && !await CallBounds.MayNameAsync(context, BoundKind.Device, device, cancellationToken)
        )
            mistakes.Add("/deviceId", $"There is no '{device}'.");
        else if (
            Query.Empty(body.CustomerId) is { } customer
            && !await CallBounds.MayNameAsync(context, BoundKind.Customer, customer, cancellationToken)
        )
            mistakes.Add("/customerId", $"There is no '{customer}'.");
        mistakes.ThrowIfAny();
    }

    private static async ValueTask<Case?> NewestOfAsync(string deviceId, ICaseQueries cases, CancellationToken cancellationToken) =>
        (
            await cases.ListAsync(new CaseFilter { DeviceId = deviceId, Unresolved = true }, new PageRequest(null, 1), cancellationToken)
        ).Items
            is [var newest, ..]
            ? newest
            : null;

    /// <summary>What was to be a case becomes a note of the one that is there.</summary>
    /// <param name="refusal">Null when the caller wants to join.</param>
    private static async Task<IResult> JoinAsync(
        HttpContext context,
        ICaseGrain owner,
        OpenCase request,
        Case unresolved,
        Rejection? refusal
    )
    {
        if (refusal is not null)
            throw new ProblemException(refusal.ToProblem() with { Reason = "caseExists", CaseId = unresolved.Id });
        (await owner.NoteCaseAsync(new NoteCase(unresolved.Id, request.Title, request.Actor))).OrThrow();
        return EntityTag.Tagged(context.Response, unresolved, unresolved.Version);
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
        CasePatch patch = CasePatch.Read(await Body.ReadJsonAsync(context.Request, cancellationToken), found.Title);
        ChangeCase request = new()
        {
            CaseId = id,
            Actor = context.Caller().Actor,
            Status = patch.Status,
            Priority = patch.Priority,
            Queue = patch.Queue,
            Assignee = patch.Assignee,
            Title = patch.Title,
            ExpectedVersion = EntityTag.Expected(context.Request),
        };
        Case changed = (await grains.Of(found.Owner).ChangeCaseAsync(request)).OrThrow();
        return EntityTag.Tagged(context.Response, changed, changed.Version);
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
        ResolveBody? body = await Body.ReadOptionalAsync<ResolveBody>(context.Request, cancellationToken);
        Mistakes mistakes = new();
        mistakes.AddIfLonger("/resolution", body?.Resolution, TextLimits.Note);
        mistakes.ThrowIfAny();
        ResolveCase request = new(id, body?.Resolution, context.Caller().Actor, EntityTag.Expected(context.Request));
        Case resolved = (await grains.Of(found.Owner).ResolveCaseAsync(request)).OrThrow();
        return EntityTag.Tagged(context.Response, resolved, resolved.Version);
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
        Mistakes mistakes = new();
        if (string.IsNullOrWhiteSpace(body.Text))
            mistakes.Add("/text", Wrong.Missing);
        mistakes.AddIfLonger("/text", body.Text, TextLimits.Note);
        mistakes.ThrowIfAny();
        NoteCase request = new(id, body.Text!, context.Caller().Actor);
        TimelineEntry entry = (await grains.Of(found.Owner).NoteCaseAsync(request)).OrThrow();
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
            ?? throw new ProblemException(Problem.Unprocessable(new ProblemError(pointer, $"There is no '{id}'.")));
    }
}
