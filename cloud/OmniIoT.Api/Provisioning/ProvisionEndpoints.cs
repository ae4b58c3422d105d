using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Web;

namespace OmniIoT.Api.Provisioning;

internal static class ProvisionEndpoints
{
    /// <summary>Room for a chain of eight certificates with large keys; anybody may send it.</summary>
    private const int MaximumBytes = 64 * 1024;

    private const string WebSocketPath = "/mqtt";

    public static void MapProvision(this IEndpointRouteBuilder open) =>
        open.MapPost("/provision", RegisterAsync)
            .WithTags("Provisioning")
            .WithMetadata(new RequestSizeLimitAttribute(MaximumBytes))
            .WithSummary("A device registers itself, once, with the key of an enrolment, its own token, or a certificate.")
            .Takes<ProvisionBody>()
            .Produces<ProvisionedView>(201)
            .Fails(401, 403, 409, 413, 422, 429);

    private static async Task<IResult> RegisterAsync(
        HttpContext context,
        Provisioner provisioner,
        IMqttPorts mqtt,
        CancellationToken cancellationToken
    )
    {
        ProvisionBody body = await Body.ReadAsync<ProvisionBody>(context.Request, cancellationToken);
        body.Check();
        RegistrationAttempt attempt = new(
            body.Enrollment!,
            body.DeviceId!,
            body.Model!,
            Query.Empty(body.Name),
            Bearer.Of(context.Request),
            body.Certificate?.ToProof(),
            ClientAddress.Of(context)
        );
        // A secret that was made must not be lost to a caller who left early: it is carried through.
        ProvisioningReply reply = await provisioner.RegisterAsync(attempt, CancellationToken.None);
        return reply.Result is { } device
            ? TypedResults.Created($"/api/v1/devices/{device.Device.Id}", View(device, context.Request.Host.Host, mqtt))
            : throw ProblemOf(context.Response, reply.Refusal!);
    }

    private static ProvisionedView View(ProvisionedDevice device, string host, IMqttPorts mqtt) =>
        new()
        {
            Id = device.Device.Id,
            Secret = device.Secret,
            Model = device.Device.Model,
            SiteId = device.Device.SiteId,
            Name = device.Device.Name,
            ClaimCode = device.ClaimCode?.Code,
            ClaimCodeExpiresAt = device.ClaimCode?.ExpiresAt,
            Mqtt = new MqttView(host, mqtt.MqttPort, mqtt.MqttTlsPort, WebSocketPath),
        };

    private static ProblemException ProblemOf(HttpResponse response, RegistrationRefusal refusal)
    {
        int status = StatusOf(refusal.Outcome);
        if (status == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        if (refusal.RetryAfter is { } wait)
            RetryAfter.Tell(response, wait);
        Problem problem = Problem.Of(status, refusal.Message, refusal.Outcome.ToString());
        return new ProblemException(
            refusal.Pointer is { } pointer ? problem with { Errors = [new ProblemError(pointer, refusal.Message)] } : problem
        );
    }

    private static int StatusOf(RegistrationOutcome outcome) =>
        outcome switch
        {
            RegistrationOutcome.WrongCredentials => StatusCodes.Status401Unauthorized,
            RegistrationOutcome.EnrollmentExpired or RegistrationOutcome.EnrollmentFull => StatusCodes.Status403Forbidden,
            RegistrationOutcome.AlreadyRegistered => StatusCodes.Status409Conflict,
            RegistrationOutcome.Throttled => StatusCodes.Status429TooManyRequests,
            _ => StatusCodes.Status422UnprocessableEntity,
        };
}
