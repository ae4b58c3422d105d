using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using OmniIoT.Api.Hosting;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Coordination;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Devices;

/// <param name="ExpiresMinutes">How long the code is good; missing: 30 days.</param>
public sealed record ClaimCodeBody(double? ExpiresMinutes);

/// <summary>A new claim code, told once.</summary>
public sealed record ClaimCodeView(string Code, Instant ExpiresAt);

/// <summary>Until when a device may register itself anew.</summary>
public sealed record ReenrollmentView(Instant? Until);

/// <summary>A certificate that a device signs in with.</summary>
/// <param name="Thumbprint">SHA-256 of the certificate, in lower-case hexadecimal.</param>
public sealed record CertificateView(string Thumbprint);

/// <summary>How a device is let in: anew by itself, by certificate, and into a customer's hands.</summary>
internal static class DeviceAdmissionEndpoints
{
    private const double MaximumClaimMinutes = 366 * 24 * 60;

    private static readonly TimeSpan ReenrollmentWindow = TimeSpan.FromHours(24);

    public static void MapAdmission(this RouteGroupBuilder devices)
    {
        devices
            .MapPost("/{id}/claim-code", IssueCodeAsync)
            .WithSummary("Gives a new claim code, told once; the old one ends.")
            .MayTake<ClaimCodeBody>()
            .Produces<ClaimCodeView>()
            .Fails(401, 403, 404, 422);
        devices
            .MapPost("/{id}/reenroll", AllowAsync)
            .WithSummary("Lets the device register itself anew, once, within 24 hours.")
            .Produces<ReenrollmentView>()
            .Fails(401, 403, 404);
        devices.MapDelete("/{id}/reenroll", ForbidAsync).WithSummary("Takes that back.").Produces(204).Fails(401, 403, 404);
        devices
            .MapGet("/{id}/certificates", ListAsync)
            .Shows<Page<CertificateView>>("The certificates that the device may sign in with over TLS.");
        devices
            .MapPut("/{id}/certificates/{thumbprint}", TrustAsync)
            .WithSummary("Lets the device sign in with a certificate over TLS.")
            .Produces<CertificateView>()
            .Produces<CertificateView>(201)
            .Fails(401, 403, 404, 409, 422);
        devices
            .MapDelete("/{id}/certificates/{thumbprint}", RevokeAsync)
            .WithSummary("Ends the right to sign in with a certificate, and the device's connections.")
            .Produces(204)
            .Fails(401, 403, 404, 422);
    }

    private static async Task<IResult> IssueCodeAsync(string id, HttpRequest request, Claims claims, CancellationToken cancellationToken)
    {
        ClaimCodeBody? body = await Body.ReadOptionalAsync<ClaimCodeBody>(request, cancellationToken);
        TimeSpan lifetime = body?.ExpiresMinutes is { } minutes ? Lifetime(minutes) : ClaimCode.DefaultLifetime;
        NewClaimCode code = (await claims.IssueAsync(Query.Id(id), lifetime, cancellationToken)).OrThrow();
        return TypedResults.Ok(new ClaimCodeView(code.Code, code.ExpiresAt));
    }

    private static TimeSpan Lifetime(double minutes) =>
        minutes is > 0 and <= MaximumClaimMinutes
            ? TimeSpan.FromMinutes(minutes)
            : throw Query.Refuse("expiresMinutes", $"must be more than 0 and at most {MaximumClaimMinutes}");

    private static async Task<IResult> AllowAsync(string id, IGrains grains, IdGenerator ids)
    {
        AllowReenrollment request = new(ids.Now() + ReenrollmentWindow);
        return TypedResults.Ok(new ReenrollmentView((await grains.Device(Query.Id(id)).AllowReenrollmentAsync(request)).OrThrow()));
    }

    private static async Task<IResult> ForbidAsync(string id, IGrains grains)
    {
        (await grains.Device(Query.Id(id)).AllowReenrollmentAsync(new AllowReenrollment(null))).OrThrow();
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ListAsync(
        string id,
        IDeviceQueries devices,
        IProvisioningQueries provisioning,
        CancellationToken cancellationToken
    )
    {
        await devices.RequireAsync(id, cancellationToken);
        IReadOnlyList<string> thumbprints = await provisioning.CertificatesAsync(EntityId.Device(id), cancellationToken);
        return TypedResults.Ok(new Page<CertificateView>([.. thumbprints.Select(thumbprint => new CertificateView(thumbprint))], null));
    }

    private static async Task<IResult> TrustAsync(string id, string thumbprint, HttpContext context, IGrains grains)
    {
        string parsed = Parse(thumbprint);
        bool isNew = (await grains.Device(Query.Id(id)).TrustCertificateAsync(new TrustCertificate(parsed))).OrThrow();
        CertificateView view = new(parsed);
        return isNew ? TypedResults.Created(context.Request.Path, view) : TypedResults.Ok(view);
    }

    private static async Task<IResult> RevokeAsync(string id, string thumbprint, Removals removals)
    {
        (await removals.RevokeCertificateAsync(Query.Id(id), Parse(thumbprint))).OrThrow();
        return TypedResults.NoContent();
    }

    private static string Parse(string thumbprint) =>
        Thumbprint.TryParse(thumbprint) ?? throw Query.Refuse("thumbprint", "must be " + Thumbprint.Allowed);
}
