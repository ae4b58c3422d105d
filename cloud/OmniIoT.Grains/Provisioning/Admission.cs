using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Messaging;

namespace OmniIoT.Grains.Provisioning;

/// <summary>Lets a device in whose attempt was found right; that it registers once is its grain's decision.</summary>
public sealed class Admission(
    EnrollmentPlaces places,
    Claims claims,
    IGrains grains,
    IDownlinkPublisher publisher,
    RegistrationRecords records
)
{
    /// <param name="thumbprint">Of the certificate that it showed; null: none.</param>
    public Task<ProvisioningReply> AdmitAsync(
        RegistrationAttempt attempt,
        Enrollment terms,
        string? thumbprint,
        CancellationToken cancellationToken
    ) =>
        places.TakeAsync(
            attempt,
            terms,
            refusal =>
                refusal is null
                    ? RegisterAsync(attempt, terms, thumbprint, cancellationToken)
                    : records.RefuseAsync(attempt, thumbprint, refusal),
            cancellationToken
        );

    private async Task<ProvisioningReply> RegisterAsync(
        RegistrationAttempt attempt,
        Enrollment terms,
        string? thumbprint,
        CancellationToken cancellationToken
    )
    {
        NewClaimCode code = await claims.NewAsync(ClaimCode.DefaultLifetime, cancellationToken);
        EntityId device = EntityId.Device(attempt.DeviceId);
        EnrollDevice request = new()
        {
            EnrollmentId = terms.Id,
            Model = attempt.Model,
            SiteId = terms.SiteId,
            Name = attempt.Name,
            Address = attempt.Address,
            Thumbprint = thumbprint,
            CodeHash = code.Hash,
            CodeExpiresAt = code.ExpiresAt,
        };
        Reply<DeviceEnrolled> reply = await grains.Device(attempt.DeviceId).EnrollAsync(request);
        if (reply.Rejection is { } rejection)
            return await records.RefuseAsync(attempt, thumbprint, RefusalOf(rejection));
        DeviceEnrolled enrolled = reply.Result!;
        if (enrolled.Again)
            await publisher.DisconnectAsync(device, "it registered anew");
        records.Count(enrolled.Again ? RegistrationOutcome.Reenrolled : RegistrationOutcome.Registered);
        return new ProvisioningReply(
            new ProvisionedDevice(enrolled.Device, enrolled.Secret, enrolled.Device.CustomerId is null ? code : null),
            null
        );
    }

    private static RegistrationRefusal RefusalOf(Rejection rejection) =>
        new(
            rejection.Kind is RejectionKind.Invalid ? RegistrationOutcome.UnknownModel : RegistrationOutcome.AlreadyRegistered,
            rejection.Message,
            rejection.Pointer
        );
}
