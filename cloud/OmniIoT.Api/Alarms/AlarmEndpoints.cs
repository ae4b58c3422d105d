using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Models;
using OmniIoT.Domain.Alarms;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Alarms;

internal static class AlarmEndpoints
{
    public static void MapAlarms(this IEndpointRouteBuilder api)
    {
        RouteGroupBuilder alarms = api.MapGroup("/alarms").WithTags("Alarms");
        alarms.MapGet("", ListAsync).WithSummary("Alarms, the newest first.").Produces<Page<Alarm>>().Fails(401, 422);
        alarms.MapGet("/{id}", GetAsync).WithSummary("An alarm.").Produces<Alarm>().Fails(401, 404);
        alarms
            .MapPost("/{id}/acknowledge", AcknowledgeAsync)
            .WithSummary("Says that somebody has seen the alarm.")
            .Produces<Alarm>()
            .Fails(401, 404, 409);
        alarms.MapPost("/{id}/clear", ClearAsync).WithSummary("Clears an alarm by hand.").Produces<Alarm>().Fails(401, 404, 409);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        IAlarmQueries alarms,
        [AsParameters] AlarmQuery query,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        AlarmFilter filter = new(
            Query.Empty(query.DeviceId),
            Query.Choice<AlarmState>("state", query.State),
            Query.Choice<Severity>("severity", query.Severity),
            Query.Empty(query.CaseId)
        )
        {
            Within = context.Bounds(),
        };
        return TypedResults.Ok(await alarms.ListAsync(filter, Query.Page(cursor, limit), cancellationToken));
    }

    private static async Task<IResult> GetAsync(string id, IAlarmQueries alarms, CancellationToken cancellationToken) =>
        TypedResults.Ok(await RequireAsync(alarms, id, cancellationToken));

    private static async Task<IResult> AcknowledgeAsync(
        string id,
        HttpContext context,
        IAlarmQueries alarms,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Alarm alarm = await RequireAsync(alarms, id, cancellationToken);
        AcknowledgeAlarm request = new(id, context.Caller().Actor);
        return TypedResults.Ok((await grains.Device(alarm.DeviceId).AcknowledgeAlarmAsync(request)).OrThrow());
    }

    private static async Task<IResult> ClearAsync(
        string id,
        HttpContext context,
        IAlarmQueries alarms,
        IGrains grains,
        CancellationToken cancellationToken
    )
    {
        Alarm alarm = await RequireAsync(alarms, id, cancellationToken);
        ClearAlarm request = new(id, context.Caller().Actor);
        return TypedResults.Ok((await grains.Device(alarm.DeviceId).ClearAlarmAsync(request)).OrThrow());
    }

    private static async ValueTask<Alarm> RequireAsync(IAlarmQueries alarms, string id, CancellationToken cancellationToken) =>
        await alarms.FindAsync(Query.Id(id), cancellationToken) ?? throw new ProblemException(Problem.NotFound("alarm", id));
}
