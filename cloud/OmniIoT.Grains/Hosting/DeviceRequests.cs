using OmniIoT.Domain;
using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Hosting;

/// <summary>Hands requests to a device's grain, with what it must know for them. Answers a reply of the request's type or a rejection.</summary>
internal static class DeviceRequests
{
    public static async ValueTask<object> AnswerAsync(DeviceActivation device, IGrainRequest request, Turn turn, CancellationToken cancellationToken)
    {
        if (request is RegisterDevice register) return await RegisterAsync(device, register, turn, cancellationToken);
        if (request is EnrollDevice enroll) return Enroll(device, enroll, turn);
        if (device.Grain is not { } grain) return Rejection.NotFound("Device", device.Id.Key);
        DecisionScope scope = turn.Scope;
        return request switch
        {
            RotateDeviceSecret => Rotate(device.Id, turn),
            RemoveDevice remove => Remove(device, remove, scope),
            DisownDevice => Disown(grain, scope),
            AttachToEdge attach => grain.Handle(scope, attach),
            PatchDesired patch => grain.Handle(scope, patch),
            PatchReported patch => grain.Handle(scope, patch),
            SendCommand command => grain.Handle(scope, command),
            SendDeviceMessage message => grain.Handle(scope, message),
            AcknowledgeAlarm acknowledge => grain.Handle(scope, acknowledge, await turn.Readers.Alarms.FindAsync(acknowledge.AlarmId, cancellationToken)),
            ClearAlarm clear => grain.Handle(scope, clear),
            OpenCase open => grain.HandleOpen(scope, open),
            AllowReenrollment allow => grain.Handle(allow),
            IssueClaimCode issue => grain.Handle(scope, issue),
            ClaimDevice claim => grain.Handle(scope, claim, await NameAsync(claim.CustomerId, turn, cancellationToken)),
            TrustCertificate trust => grain.Handle(scope, trust, await OwnerAsync(trust.Thumbprint, turn, cancellationToken)),
            RevokeCertificate revoke => grain.Handle(scope, revoke, await OwnerAsync(revoke.Thumbprint, turn, cancellationToken)),
            ICaseRequest about => await HandleCaseAsync(grain, about, turn, cancellationToken),
            _ => Unknown(request),
        };
    }

    private static async ValueTask<object> RegisterAsync(DeviceActivation device, RegisterDevice request, Turn turn, CancellationToken cancellationToken)
    {
        string? customerName = request.CustomerId is { } id ? await NameAsync(id, turn, cancellationToken) : null;
        if (device.Grain is { } known) return known.Replace(turn.Scope, request, customerName);
        device.Grain = DeviceDecider.Register(turn.Scope, device.Id.Key, request, customerName);
        string? secret = request.SignsIn ? NewSecret(device.Id, turn) : null;
        return (Reply<DeviceRegistered>)new DeviceRegistered(device.Grain.State.Facts.Registration, secret);
    }

    private static Reply<DeviceEnrolled> Enroll(DeviceActivation device, EnrollDevice request, Turn turn)
    {
        bool again = device.Grain is not null;
        if (device.Grain is { } known && known.Reenroll(turn.Scope, request).Rejection is { } rejection) return rejection;
        device.Grain ??= DeviceDecider.Enroll(turn.Scope, device.Id.Key, request);
        return new DeviceEnrolled(device.Grain.State.Facts.Registration, NewSecret(device.Id, turn), again);
    }

    private static async ValueTask<string?> NameAsync(string customerId, Turn turn, CancellationToken cancellationToken) =>
        (await turn.Readers.Customers.FindAsync(customerId, cancellationToken))?.Name;

    private static ValueTask<EntityId?> OwnerAsync(string thumbprint, Turn turn, CancellationToken cancellationToken) =>
        turn.Readers.Credentials.FindByThumbprintAsync(thumbprint, cancellationToken);

    private static Reply<string> Rotate(EntityId id, Turn turn) => NewSecret(id, turn);

    private static Reply<bool> Remove(DeviceActivation device, RemoveDevice request, DecisionScope scope)
    {
        int version = device.Grain!.State.Facts.Registration.Version;
        if (request.ExpectedVersion is { } expected && expected != version) return Rejection.Stale("Device", expected, version);
        scope.Emit(new DeleteDevice(device.Id.Key));
        device.Grain = null;
        return true;
    }

    private static Reply<bool> Disown(DeviceDecider grain, DecisionScope scope)
    {
        grain.Disown(scope);
        return true;
    }

    private static async ValueTask<object> HandleCaseAsync(DeviceDecider grain, ICaseRequest request, Turn turn, CancellationToken cancellationToken) =>
        await turn.Readers.Cases.FindAsync(request.CaseId, cancellationToken) is { } stored
            ? grain.HandleCase(turn.Scope, request, stored) ?? Unknown((IGrainRequest)request)
            : Rejection.NotFound("Case", request.CaseId);

    private static string NewSecret(EntityId id, Turn turn)
    {
        string secret = SecretHasher.NewSecret();
        turn.Scope.Emit(new PutCredential(id, SecretHasher.Hash(secret), turn.Sealer.Seal(id, secret)));
        return secret;
    }

    private static object Unknown(IGrainRequest request) =>
        throw new InvalidOperationException($"A device is not asked for {request.GetType().Name}.");
}
