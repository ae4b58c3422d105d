using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Automation;
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
            Decision decision = scope.Decision;
            RegistrationSurroundings surroundings = await SurroundingsAsync(request.CustomerId);
            if (_decider is { } known)
                return known.Replace(decision, request, surroundings);
            _decider = DeviceDecider.Register(decision, Key, request, surroundings);
            return new DeviceRegistered(_decider.State.Facts.Registration, request.SignsIn ? NewSecret(decision) : null);
        });

    public Task<Reply<DeviceEnrolled>> EnrollAsync(EnrollDevice request) =>
        AskAsync<DeviceEnrolled>(async scope =>
        {
            Decision decision = scope.Decision;
            bool again = _decider is not null;
            if (_decider is { } known && known.Reenroll(decision, request).Rejection is { } rejection)
                return rejection;
            _decider ??= DeviceDecider.Enroll(decision, Key, request, await SurroundingsAsync(null));
            return new DeviceEnrolled(_decider.State.Facts.Registration, NewSecret(decision), again);
        });

    public Task<Reply<string>> RotateSecretAsync() => AskKnownAsync<string>((_, decision) => NewSecret(decision));

    public Task<Reply<bool>> RemoveAsync(RemoveDevice request) =>
        AskKnownAsync<bool>(
            (device, decision) =>
            {
                int version = device.State.Facts.Registration.Version;
                if (request.ExpectedVersion is { } expected && expected != version)
                    return Rejection.Stale("Device", expected, version);
                device.Remove(decision);
                _decider = null;
                return true;
            }
        );

    public Task<Reply<bool>> DisownAsync(DisownDevice request) =>
        AskKnownAsync<bool>(
            (device, decision) =>
            {
                device.Disown(decision, request);
                return true;
            }
        );

    public Task<Reply<bool>> AttachAsync(AttachToEdge request) =>
        AskKnownAsync((device, decision) => device.Handle(decision.Moment, request));

    public Task<Reply<TwinView>> PatchDesiredAsync(PatchDesired request) =>
        AskKnownAsync((device, decision) => device.Handle(decision, request));

    public Task<Reply<int>> PatchReportedAsync(PatchReported request) =>
        AskAsync(scope => ValueTask.FromResult(_decider is { } device ? device.Handle(scope, request) : NotRegistered<int>()));

    public Task<Reply<DeviceCommand>> SendCommandAsync(SendCommand request) =>
        AskKnownAsync<DeviceCommand>(
            async (device, decision) =>
                request.Id is { } id && await Runtime.Outlook.Readers.Devices.FindCommandAsync(Key, id, CancellationToken.None) is { } known
                    ? known
                    : device.Handle(decision, request)
        );

    public Task<Reply<DeviceMessage>> SendMessageAsync(SendDeviceMessage request) =>
        AskKnownAsync((device, decision) => device.Handle(decision, request));

    public Task<Reply<Alarm>> AcknowledgeAlarmAsync(AcknowledgeAlarm request) =>
        AskKnownAsync<Alarm>(
            async (device, decision) =>
                device.Handle(decision, request, await Runtime.Outlook.Readers.Alarms.FindAsync(request.AlarmId, CancellationToken.None))
        );

    public Task<Reply<Alarm>> ClearAlarmAsync(ClearAlarm request) => AskKnownAsync((device, decision) => device.Handle(decision, request));

    public Task<Reply<Case>> OpenCaseAsync(OpenCase request) => AskKnownAsync((device, decision) => device.Handle(decision, request));

    public Task<Reply<Case>> ChangeCaseAsync(ChangeCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Case>> ResolveCaseAsync(ResolveCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Case>> AnswerCaseAsync(AnswerCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Case>> AskOfCaseAsync(AskOfCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Case>> CheckCaseAsync(CheckCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Case>> RouteCaseAsync(RouteCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Case>> ActOnCaseAsync(ActOnCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<TimelineEntry>> NoteCaseAsync(NoteCase request) =>
        ForCaseAsync(
            request.CaseId,
            (device, decision, stored) =>
                device is null ? UnattendedCases.Handle(decision, request, stored) : device.Handle(decision, request, stored)
        );

    public Task<Reply<Instant?>> AllowReenrollmentAsync(AllowReenrollment request) => AskKnownAsync((device, _) => device.Handle(request));

    public Task<Reply<Instant>> IssueClaimCodeAsync(IssueClaimCode request) =>
        AskKnownAsync((device, decision) => device.Handle(decision, request));

    public Task<Reply<DeviceRegistration>> ClaimAsync(ClaimDevice request) =>
        AskKnownAsync<DeviceRegistration>(
            async (device, decision) => device.Handle(decision, request, await SurroundingsAsync(request.CustomerId))
        );

    public Task<Reply<bool>> TrustCertificateAsync(TrustCertificate request) =>
        AskKnownAsync<bool>(async (device, decision) => device.Handle(decision, request, await OwnerAsync(request.Thumbprint)));

    public Task<Reply<bool>> RevokeCertificateAsync(RevokeCertificate request) =>
        AskKnownAsync<bool>(async (device, decision) => device.Handle(decision, request, await OwnerAsync(request.Thumbprint)));

    private Task<Reply<T>> AskKnownAsync<T>(Func<DeviceDecider, Decision, Reply<T>> decide) =>
        AskAsync(scope => ValueTask.FromResult(_decider is { } device ? decide(device, scope.Decision) : NotRegistered<T>()));

    private Task<Reply<T>> AskKnownAsync<T>(Func<DeviceDecider, Decision, ValueTask<Reply<T>>> decide) =>
        AskAsync(scope => _decider is { } device ? decide(device, scope.Decision) : ValueTask.FromResult(NotRegistered<T>()));

    /// <summary>Also when the device is not registered any more: its cases stay.</summary>
    private Task<Reply<T>> ForCaseAsync<T>(string caseId, Func<DeviceDecider?, Decision, Case, Reply<T>> decide) =>
        AskAsync<T>(async scope =>
            await Runtime.Outlook.Readers.Desk.Cases.FindAsync(caseId, CancellationToken.None) is { } stored
                ? decide(_decider, scope.Decision, stored)
                : Rejection.NotFound("Case", caseId)
        );

    private Reply<T> NotRegistered<T>() => Rejection.NotFound("Device", Key);

    private async ValueTask<RegistrationSurroundings> SurroundingsAsync(string? customerId) =>
        new(
            await NameAsync(customerId),
            (
                await Runtime.Outlook.Readers.Desk.Cases.ListAsync(
                    new CaseFilter { DeviceId = Key, Unresolved = true },
                    new PageRequest(null, PageRequest.MaximumLimit),
                    CancellationToken.None
                )
            ).Items
        );

    private async ValueTask<string?> NameAsync(string? customerId) =>
        customerId is null ? null : (await Runtime.Outlook.Readers.Customers.FindAsync(customerId, CancellationToken.None))?.Name;

    private ValueTask<EntityId?> OwnerAsync(string thumbprint) =>
        Runtime.Outlook.Readers.Credentials.FindByThumbprintAsync(thumbprint, CancellationToken.None);

    private string NewSecret(Decision decision)
    {
        string secret = SecretHasher.NewSecret();
        decision.Emit(new PutCredential(Id, SecretHasher.Hash(secret), Runtime.Outlook.Sealer.Seal(Id, secret), SecretDigest.Of(secret)));
        return secret;
    }
}
