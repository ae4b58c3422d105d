using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Devices;

/// <param name="Name">A command of the device's model; of an edge node and the devices behind it also write, rebirth, reboot.</param>
/// <param name="TimeoutSeconds">How long it may take; missing: the model's.</param>
public sealed record CommandBody(string? Name, JsonObject? Arguments, double? TimeoutSeconds);

internal static class CommandEndpoints
{
    public static void MapCommands(this RouteGroupBuilder devices)
    {
        devices
            .MapPost("/{id}/commands", SendAsync)
            .WithSummary("Asks the device to do something; waits for a device that is away, until the time-out.")
            .Takes<CommandBody>()
            .Produces<DeviceCommand>(201)
            .Fails(401, 404, 409, 422);
        devices.MapDownlinks("commands", (queries, id, page, cancellationToken) => queries.CommandsAsync(id, page, cancellationToken));
        devices
            .MapGet(
                "/{id}/commands/{commandId}",
                (string id, string commandId, IDeviceQueries queries, CancellationToken cancellationToken) =>
                    queries.AnswerWithAsync(id, "command", commandId, queries.FindCommandAsync, cancellationToken)
            )
            .WithSummary("A command.")
            .Produces<DeviceCommand>()
            .Fails(401, 404);
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

    private static void Check(CommandBody body)
    {
        Mistakes mistakes = new();
        if (string.IsNullOrEmpty(body.Name))
            mistakes.Add("/name", Wrong.Missing);
        mistakes.AddIfLonger("/name", body.Name, Identifier.MaxLength);
        mistakes.AddWait("/timeoutSeconds", body.TimeoutSeconds);
        mistakes.ThrowIfAny();
    }
}
