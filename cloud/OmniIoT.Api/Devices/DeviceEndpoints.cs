using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Devices;

/// <summary>A new secret.</summary>
public sealed record SecretView(string Secret);

internal static class DeviceEndpoints
{
    public static void MapDevices(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder devices = api.MapGroup("/devices").WithTags("Devices");
        devices
            .MapGet("", ListAsync)
            .WithSummary("Devices, by id; q matches id or name anywhere; alarmed tells whether an alarm is active.")
            .Produces<Page<DeviceView>>()
            .Fails(401, 422);
        devices.MapGet("/{id}", GetAsync).WithSummary("A device.").Produces<DeviceView>().Fails(401, 404);
        devices
            .MapPut("/{id}", PutAsync)
            .Writes<DeviceBody, DeviceStored>("Registers a device or changes its registration; the secret is told once, at creation.");
        devices.MapDelete("/{id}", DeleteAsync).Removes("Removes a device with its telemetry; cases and timeline entries stay.");
        devices
            .MapPost("/{id}/secret", RotateSecretAsync)
            .WithSummary("Gives a new secret; the old one ends, and so do its connections.")
            .Produces<SecretView>()
            .Fails(401, 403, 404);
        devices.MapTwin();
        devices.MapTelemetry();
        devices.MapCommands();
        devices.MapDeviceMessages();
        devices.MapAdmission();
    }

    /// <exception cref="ProblemException">There is no such device.</exception>
    public static async ValueTask<DeviceRegistration> RequireAsync(
        this IDeviceQueries devices,
        string id,
        CancellationToken cancellationToken
    ) => await devices.FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("device", id));

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IDeviceQueries devices,
        ITwinQueries twins,
        [AsParameters] DeviceQuery query,
        [AsParameters] PageQuery pageQuery,
        CancellationToken cancellationToken
    )
    {
        DeviceListState? wanted = Query.Choice<DeviceListState>("state", query.State);
        DeviceFilter filter = new(
            Query.Empty(query.Model),
            Query.Empty(query.CustomerId),
            Query.Empty(query.SiteId),
            Query.Empty(query.Q),
            Query.Flag("alarmed", query.Alarmed) ?? wanted.Alarmed(),
            wanted.Severity()
        )
        {
            Within = context.Bounds(),
        };
        PageRequest page = pageQuery.Read();
        List<DeviceView> found = [];
        string? next = page.Cursor;
        long? total = null;
        do
        {
            // Only as many as are still missing, so that the cursor never passes over a device.
            Page<DeviceRegistration> part = await devices.ListAsync(
                filter,
                new PageRequest(next, page.Limit - found.Count, page.Count && total is null),
                cancellationToken
            );
            total ??= part.Total;
            foreach (DeviceRegistration device in part.Items)
            {
                DeviceView view = DeviceView.Of(device, await twins.FindAsync(device.Id, cancellationToken));
                if (view.IsIn(wanted))
                    found.Add(view);
            }
            next = part.Next;
        } while (next is not null && found.Count < page.Limit);
        if (total is not null && !wanted.IsStored())
            total = await CountAsync(devices, twins, filter, wanted, cancellationToken);
        return TypedResults.Ok(new Page<DeviceView>(found, next) { Total = total });
    }

    /// <summary>How many devices are in a state that only their twins tell: all of them are read.</summary>
    private static async Task<long> CountAsync(
        IDeviceQueries devices,
        ITwinQueries twins,
        DeviceFilter filter,
        DeviceListState? wanted,
        CancellationToken cancellationToken
    )
    {
        long count = 0;
        string? next = null;
        do
        {
            PageRequest request = new(next, PageRequest.MaximumLimit);
            Page<DeviceRegistration> part = await devices.ListAsync(filter, request, cancellationToken);
            foreach (DeviceRegistration device in part.Items)
                if (DeviceView.Of(device, await twins.FindAsync(device.Id, cancellationToken)).IsIn(wanted))
                    count++;
            next = part.Next;
        } while (next is not null);
        return count;
    }

    private static async Task<IResult> GetAsync(
        string id,
        IDeviceQueries devices,
        ITwinQueries twins,
        HttpResponse response,
        CancellationToken cancellationToken
    )
    {
        DeviceRegistration device = await devices.RequireAsync(id, cancellationToken);
        EntityTag.Set(response, device.Version);
        return TypedResults.Ok(DeviceView.Of(device, await twins.FindAsync(id, cancellationToken)));
    }

    private static async Task<IResult> PutAsync(
        string id,
        HttpContext context,
        DocumentStore documents,
        IDeviceQueries devices,
        ICustomerQueries customers,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Query.Id(id);
        DeviceBody body = await Body.ReadAsync<DeviceBody>(context.Request, cancellationToken);
        CallBounds.RequireSite(context, Query.Empty(body.SiteId));
        await CheckAsync(body, await devices.FindAsync(id, cancellationToken), documents, customers, cancellationToken);
        DeviceRegistered done = (await grains.Device(id).RegisterAsync(body.ToRequest(EntityTag.Expected(context.Request)))).OrThrow();
        DeviceRegistration device = done.Device;
        EntityTag.Set(context.Response, device.Version);
        DeviceStored stored = new()
        {
            Id = id,
            Secret = done.Secret,
            Model = device.Model,
            CustomerId = device.CustomerId,
            SiteId = device.SiteId,
            Name = device.Name,
            Maintenance = device.Maintenance,
            CreatedAt = device.CreatedAt,
        };
        return done.Secret is null ? TypedResults.Ok(stored) : TypedResults.Created(context.Request.Path, stored);
    }

    internal static async Task CheckAsync(
        DeviceBody body,
        DeviceRegistration? stored,
        DocumentStore documents,
        ICustomerQueries customers,
        CancellationToken cancellationToken
    )
    {
        Mistakes mistakes = new();
        if (!Identifier.IsValid(body.Model))
            mistakes.Add("/model", "must name a device model: " + Identifier.Allowed);
        else if (!await documents.ExistsAsync(DocumentKind.Model, body.Model!, cancellationToken))
            mistakes.Add("/model", Wrong.Unknown("model", body.Model));
        if (Query.Empty(body.CustomerId) is { } customer && await customers.FindAsync(customer, cancellationToken) is null)
            mistakes.Add("/customerId", Wrong.Unknown("customer", customer));
        if (Query.Empty(body.SiteId) is { } site && !await documents.ExistsAsync(DocumentKind.Site, site, cancellationToken))
            mistakes.Add("/siteId", Wrong.Unknown("site", site));
        mistakes.AddIfLonger("/name", body.Name, TextLimits.Name, stored?.Name);
        mistakes.ThrowIfAny();
    }

    private static async Task<IResult> DeleteAsync(string id, HttpRequest request, Removals removals)
    {
        // Half a removal is worse than one nobody waits for: it is carried through even if the caller leaves.
        (await removals.RemoveDeviceAsync(Query.Id(id), EntityTag.Expected(request), CancellationToken.None)).OrThrow();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> RotateSecretAsync(string id, Removals removals) =>
        TypedResults.Ok(new SecretView((await removals.RotateAsync(EntityId.Device(Query.Id(id)))).OrThrow()));
}
