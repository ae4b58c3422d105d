using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Access;
using OmniIoT.Api.Customers;
using OmniIoT.Api.Devices;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Web;

namespace OmniIoT.Api.Provisioning;

/// <param name="Code">As it stands on the device; case, blanks and hyphens do not matter.</param>
public sealed record ClaimBody(string? Code);

internal static class ClaimEndpoints
{
    public static void MapClaims(this IEndpointRouteBuilder api) =>
        api.MapPost("/customers/{id}/claims", ClaimAsync)
            .WithTags("Provisioning")
            .WithSummary("Makes the device that has the claim code the customer's; a former owner loses it.")
            .Takes<ClaimBody>()
            .Produces<DeviceView>()
            .Fails(401, 403, 404, 409, 410, 422, 429);

    private static async Task<IResult> ClaimAsync(
        string id,
        HttpContext context,
        ICustomerQueries customers,
        Claims claims,
        ClaimThrottle throttle,
        ITwinQueries twins,
        CancellationToken cancellationToken
    )
    {
        await customers.RequireAsync(context, id, cancellationToken);
        ClaimBody body = await Body.ReadAsync<ClaimBody>(context.Request, cancellationToken);
        if (string.IsNullOrWhiteSpace(body.Code))
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/code", "is missing")));
        string actor = context.Caller().Actor;
        Attempt attempt = throttle.Of(GuesserOf(context.Caller(), id));
        (AttemptPlace place, Reply<DeviceRegistration> reply) = await attempt.JudgeAsync(
            async () => await claims.ClaimAsync(id, body.Code, actor, cancellationToken),
            static reply => reply.Rejection is not null
        );
        if (place.Pause is { } wait)
            throw TooMany(context.Response, wait);
        DeviceRegistration device = reply.OrThrow();
        return TypedResults.Ok(DeviceView.Of(device, await twins.FindAsync(device.Id, cancellationToken)));
    }

    /// <summary>A program speaks for many customers: one who guesses must not stop the others.</summary>
    private static string GuesserOf(Caller caller, string customerId) => caller is ProgramCaller ? "customer:" + customerId : caller.Actor;

    private static ProblemException TooMany(HttpResponse response, TimeSpan wait)
    {
        RetryAfter.Tell(response, wait);
        return new ProblemException(
            Problem.Of(StatusCodes.Status429TooManyRequests, "Too many claim codes were wrong, or come at this moment; wait a while.")
        );
    }
}
