using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Devices;

/// <param name="Name">A command of the device's model; of an edge node and the devices behind it also write, rebirth, reboot.</param>
/// <param name="TimeoutSeconds">How long it may take; missing: the model's.</param>
public sealed record CommandBody(string? Name, JsonObject? Arguments, double? TimeoutSeconds);

internal static class CommandEndpoints
{
    /// <summary>A command that waited for a month for its device is no longer meant.</summary>
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(30);

    public static void MapCommands(this RouteGroupBuilder devices)
    {
        devices
            .MapPost("/{id}/commands", SendAsync)
            .WithSummary("Asks the device to do something; waits for a device that is away, until the time-out.")
            .Takes<CommandBody>()
            .Produces<DeviceCommand>(201)
            .Fails(401, 404, 409, 422);
        devices
            .MapGet("/{id}/commands", ListAsync)
            .WithSummary("The device's commands, newest first.")
            .Produces<Page<DeviceCommand>>()
            .Fails(401, 404, 422);
        devices.MapGet("/{id}/commands/{commandId}", GetAsync).WithSummary("A command.").Produces<DeviceCommand>().Fails(401, 404);
    }

    private static async Task<IResult> SendAsync(string id, HttpContext context, IGrains grains, CancellationToken cancellationToken)
    {
        Query.Id(id);
        CommandBody body = await Body.ReadAsync<CommandBody>(context.Request, cancellationToken);
        Check(body);
        TimeSpan? timeout = body.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        SendCommand request = new(body.Name!, body.Arguments, timeout, context.Caller().Actor);
        DeviceCommand command = (await grains.Device(id).SendCommandAsync(request)).OrThrow();
        return TypedResults.Created($"/api/v1/devices/{id}/commands/{command.Id}", command);
    }

    private static async Task<IResult> ListAsync(
        string id,
        IDeviceQueries devices,
        string? cursor,
        string? limit,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        return TypedResults.Ok(await devices.CommandsAsync(id, Query.Page(cursor, limit), cancellationToken));
    }

    private static async Task<IResult> GetAsync(string id, string commandId, IDeviceQueries devices, CancellationToken cancellationToken)
    {
        await devices.RequireAsync(id, cancellationToken);
        return TypedResults.Ok(
            await devices.FindCommandAsync(id, commandId, cancellationToken)
                ?? throw new ProblemException(Problem.NotFound("command", commandId))
        );
    }

    private static void Check(CommandBody body)
    {
        Mistakes mistakes = new();
        if (string.IsNullOrEmpty(body.Name))
            mistakes.Add("/name", Wrong.Missing);
        if (body.TimeoutSeconds is { } seconds && !(seconds > 0 && seconds <= LongestTimeout.TotalSeconds))
            mistakes.Add("/timeoutSeconds", $"must be more than 0 and at most {LongestTimeout.TotalSeconds}");
        mistakes.ThrowIfAny();
    }
}
