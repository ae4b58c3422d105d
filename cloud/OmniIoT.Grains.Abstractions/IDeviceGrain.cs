using OmniIoT.Devices.Time;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Grains.Abstractions;

/// <summary>One device; the key is its id.</summary>
public interface IDeviceGrain : ICaseGrain
{
    /// <summary>Creates or replaces the registration; answers the secret only when it was created.</summary>
    Task<Reply<DeviceRegistered>> RegisterAsync(RegisterDevice request);

    /// <summary>The device registers itself by the terms of an enrolment, which were checked.</summary>
    Task<Reply<DeviceEnrolled>> EnrollAsync(EnrollDevice request);

    /// <summary>Gives a new secret; the old one ends.</summary>
    Task<Reply<string>> RotateSecretAsync();

    Task<Reply<bool>> RemoveAsync(RemoveDevice request);

    /// <summary>The owner was erased.</summary>
    Task<Reply<bool>> DisownAsync(DisownDevice request);

    /// <summary>An edge node speaks for the device.</summary>
    Task<Reply<bool>> AttachAsync(AttachToEdge request);

    Task<Reply<TwinView>> PatchDesiredAsync(PatchDesired request);

    Task<Reply<int>> PatchReportedAsync(PatchReported request);

    Task<Reply<DeviceCommand>> SendCommandAsync(SendCommand request);

    Task<Reply<DeviceMessage>> SendMessageAsync(SendDeviceMessage request);

    Task<Reply<Alarm>> AcknowledgeAlarmAsync(AcknowledgeAlarm request);

    Task<Reply<Alarm>> ClearAlarmAsync(ClearAlarm request);

    Task<Reply<Instant?>> AllowReenrollmentAsync(AllowReenrollment request);

    Task<Reply<Instant>> IssueClaimCodeAsync(IssueClaimCode request);

    Task<Reply<DeviceRegistration>> ClaimAsync(ClaimDevice request);

    /// <summary>Lets the device sign in over TLS with a certificate. Answers whether that is new.</summary>
    Task<Reply<bool>> TrustCertificateAsync(TrustCertificate request);

    Task<Reply<bool>> RevokeCertificateAsync(RevokeCertificate request);
}
