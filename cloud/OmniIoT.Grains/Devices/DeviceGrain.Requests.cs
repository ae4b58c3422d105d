using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Domain.Timeline;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Devices;

// What people and other systems ask of a device. Each hands the decider what it must know of others, as stored.
internal sealed partial class DeviceGrain
{
    public Task<Reply<DeviceRegistered>> RegisterAsync(RegisterDevice request) =>
        AskAsync<DeviceRegistered>(async scope =>
        {
            RegistrationSurroundings surroundings = await SurroundingsAsync(request.CustomerId);
            if (_decider is { } known)
                return known.Replace(scope, request, surroundings);
            _decider = DeviceDecider.Register(scope, Key, request, surroundings);
            return new DeviceRegistered(_decider.State.Facts.Registration, request.SignsIn ? NewSecret(scope) : null);
        });

    public Task<Reply<DeviceEnrolled>> EnrollAsync(EnrollDevice request) =>
        AskAsync<DeviceEnrolled>(async scope =>
        {
            bool again = _decider is not null;
            if (_decider is { } known && known.Reenroll(scope, request).Rejection is { } rejection)
                return rejection;
            _decider ??= DeviceDecider.Enroll(scope, Key, request, await SurroundingsAsync(null));
            return new DeviceEnrolled(_decider.State.Facts.Registration, NewSecret(scope), again);
        });

    public Task<Reply<string>> RotateSecretAsync() => AskKnownAsync<string>((_, scope) => NewSecret(scope));

    public Task<Reply<bool>> RemoveAsync(RemoveDevice request) =>
        AskKnownAsync<bool>(
            (device, scope) =>
            {
                int version = device.State.Facts.Registration.Version;
                if (request.ExpectedVersion is { } expected && expected != version)
                    return Rejection.Stale("Device", expected, version);
                device.Remove(scope);
                _decider = null;
                return true;
            }
        );

    public Task<Reply<bool>> DisownAsync(DisownDevice request) =>
        AskKnownAsync<bool>(
            (device, scope) =>
            {
                device.Disown(scope, request);
                return true;
            }
        );

    public Task<Reply<bool>> AttachAsync(AttachToEdge request) => AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<TwinView>> PatchDesiredAsync(PatchDesired request) => AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<int>> PatchReportedAsync(PatchReported request) => AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<DeviceCommand>> SendCommandAsync(SendCommand request) =>
        AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<DeviceMessage>> SendMessageAsync(SendDeviceMessage request) =>
        AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<Alarm>> AcknowledgeAlarmAsync(AcknowledgeAlarm request) =>
        AskKnownAsync<Alarm>(
            async (device, scope) =>
                device.Handle(scope, request, await Runtime.Readers.Alarms.FindAsync(request.AlarmId, CancellationToken.None))
        );

    public Task<Reply<Alarm>> ClearAlarmAsync(ClearAlarm request) => AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<Case>> OpenCaseAsync(OpenCase request) => AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<Case>> ChangeCaseAsync(ChangeCase request) =>
        AskOfCaseAsync(
            request.CaseId,
            (device, scope, stored) =>
                device is null ? UnattendedCases.Handle(scope, request, stored) : device.Handle(scope, request, stored)
        );

    public Task<Reply<Case>> ResolveCaseAsync(ResolveCase request) =>
        AskOfCaseAsync(
            request.CaseId,
            (device, scope, stored) =>
                device is null ? UnattendedCases.Handle(scope, request, stored) : device.Handle(scope, request, stored)
        );

    public Task<Reply<Case>> AnswerCaseAsync(AnswerCase request) =>
        AskOfCaseAsync(
            request.CaseId,
            (device, scope, stored) =>
                device is null ? UnattendedCases.Handle(scope, request, stored) : device.Handle(scope, request, stored)
        );

    public Task<Reply<TimelineEntry>> NoteCaseAsync(NoteCase request) =>
        AskOfCaseAsync(
            request.CaseId,
            (device, scope, stored) =>
                device is null ? UnattendedCases.Handle(scope, request, stored) : device.Handle(scope, request, stored)
        );

    public Task<Reply<Instant?>> AllowReenrollmentAsync(AllowReenrollment request) => AskKnownAsync((device, _) => device.Handle(request));

    public Task<Reply<Instant>> IssueClaimCodeAsync(IssueClaimCode request) =>
        AskKnownAsync((device, scope) => device.Handle(scope, request));

    public Task<Reply<DeviceRegistration>> ClaimAsync(ClaimDevice request) =>
        AskKnownAsync<DeviceRegistration>(
            async (device, scope) => device.Handle(scope, request, await SurroundingsAsync(request.CustomerId))
        );

    public Task<Reply<bool>> TrustCertificateAsync(TrustCertificate request) =>
        AskKnownAsync<bool>(async (device, scope) => device.Handle(scope, request, await OwnerAsync(request.Thumbprint)));

    public Task<Reply<bool>> RevokeCertificateAsync(RevokeCertificate request) =>
        AskKnownAsync<bool>(async (device, scope) => device.Handle(scope, request, await OwnerAsync(request.Thumbprint)));

    private Task<Reply<T>> AskKnownAsync<T>(Func<DeviceDecider, DecisionScope, Reply<T>> decide) =>
        AskAsync(scope => ValueTask.FromResult(_decider is { } device ? decide(device, scope) : NotRegistered<T>()));

    private Task<Reply<T>> AskKnownAsync<T>(Func<DeviceDecider, DecisionScope, ValueTask<Reply<T>>> decide) =>
        AskAsync(scope => _decider is { } device ? decide(device, scope) : ValueTask.FromResult(NotRegistered<T>()));

    /// <summary>Also when the device is not registered any more: its cases stay.</summary>
    private Task<Reply<T>> AskOfCaseAsync<T>(string caseId, Func<DeviceDecider?, DecisionScope, Case, Reply<T>> decide) =>
        AskAsync<T>(async scope =>
            await Runtime.Readers.Cases.FindAsync(caseId, CancellationToken.None) is { } stored
                ? decide(_decider, scope, stored)
                : Rejection.NotFound("Case", caseId)
        );

    private Reply<T> NotRegistered<T>() => Rejection.NotFound("Device", Key);

    private async ValueTask<RegistrationSurroundings> SurroundingsAsync(string? customerId) =>
        new(
            await NameAsync(customerId),
            (
                await Runtime.Readers.Cases.ListAsync(
                    new CaseFilter(DeviceId: Key, Unresolved: true),
                    new PageRequest(null, PageRequest.MaximumLimit),
                    CancellationToken.None
                )
            ).Items
        );

    private async ValueTask<string?> NameAsync(string? customerId) =>
        customerId is null ? null : (await Runtime.Readers.Customers.FindAsync(customerId, CancellationToken.None))?.Name;

    private ValueTask<EntityId?> OwnerAsync(string thumbprint) =>
        Runtime.Readers.Credentials.FindByThumbprintAsync(thumbprint, CancellationToken.None);

    private string NewSecret(DecisionScope scope)
    {
        string secret = SecretHasher.NewSecret();
        scope.Emit(new PutCredential(Id, SecretHasher.Hash(secret), Runtime.Sealer.Seal(Id, secret)));
        return secret;
    }
}
