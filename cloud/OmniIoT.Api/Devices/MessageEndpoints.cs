using System.Text;
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

/// <param name="Payload">Any JSON but null; a device that speaks Azure IoT Hub's words gets a string as plain text.</param>
/// <param name="Properties">Beside the payload; a name has one value.</param>
/// <param name="ExpiresSeconds">How long it waits for the device; missing: a day.</param>
public sealed record DeviceMessageBody(JsonNode? Payload, IReadOnlyDictionary<string, string>? Properties, double? ExpiresSeconds);

internal static class MessageEndpoints
{
    /// <summary>Names that begin so are the transport's own.</summary>
    private const char Reserved = '$';

    public static void MapDeviceMessages(this RouteGroupBuilder devices)
    {
        devices
            .MapPost("/{id}/messages", SendAsync)
            .WithSummary("Tells the device something; waits for a device that is away, until it expires.")
            .Takes<DeviceMessageBody>()
            .Produces<DeviceMessage>(202)
            .Fails(401, 404, 409, 422);
        devices.MapDownlinks("messages", (queries, id, page, cancellationToken) => queries.MessagesAsync(id, page, cancellationToken));
        devices
            .MapGet(
                "/{id}/messages/{messageId}",
                (string id, string messageId, IDeviceQueries queries, CancellationToken cancellationToken) =>
                    queries.AnswerWithAsync(id, "message", messageId, queries.FindMessageAsync, cancellationToken)
            )
            .WithSummary("A message to the device.")
            .Produces<DeviceMessage>()
            .Fails(401, 404);
    }

    private static async Task<IResult> SendAsync(string id, HttpContext context, IGrains grains, CancellationToken cancellationToken)
    {
        Query.Id(id);
        DeviceMessageBody body = await Body.ReadAsync<DeviceMessageBody>(context.Request, cancellationToken);
        Check(body);
        TimeSpan? lifetime = body.ExpiresSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
        SendDeviceMessage request = new(
            body.Payload!,
            body.Properties ?? new Dictionary<string, string>(),
            lifetime,
            context.Caller().Actor
        );
        DeviceMessage message = (await grains.Device(id).SendMessageAsync(request)).OrThrow();
        return TypedResults.Accepted($"/api/v1/devices/{id}/messages/{message.Id}", message);
    }

    private static void Check(DeviceMessageBody body)
    {
        Mistakes mistakes = new();
        if (body.Payload is null)
            mistakes.Add("/payload", Wrong.Missing);
        if (body.Properties is { } properties)
            Check(properties, mistakes);
        mistakes.AddWait("/expiresSeconds", body.ExpiresSeconds);
        mistakes.ThrowIfAny();
    }

    private static void Check(IReadOnlyDictionary<string, string> properties, Mistakes mistakes)
    {
        foreach ((string name, string? value) in properties)
        {
            if (name.Length == 0 || name[0] == Reserved)
                mistakes.Add("/properties", $"'{name}' is no name: it must not be empty or begin with {Reserved}");
            if (value is null)
                mistakes.Add("/properties", $"'{name}' must be a text");
        }
        int bytes = properties.Sum(property => Encoding.UTF8.GetByteCount(property.Key) + Encoding.UTF8.GetByteCount(property.Value ?? ""));
        if (bytes > DeviceMessage.MaxPropertyBytes)
            mistakes.Add("/properties", $"has {bytes} bytes; at most {DeviceMessage.MaxPropertyBytes} are allowed");
    }
}
