using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Domain.Devices;

public sealed partial class DeviceDecider
{
    /// <summary>The device registers itself for the first time; the caller makes its secret known.</summary>
    public static DeviceDecider Enroll(Decision decision, string id, EnrollDevice request, RegistrationSurroundings surroundings)
    {
        DeviceDecider grain = Register(decision, id, new RegisterDevice(request.Model, null, request.SiteId, request.Name), surroundings);
        grain.Admit(decision, request, RegistrationOutcome.Registered);
        return grain;
    }

    /// <summary>
    /// The device registers itself anew, which an operator must have allowed; what the operator said of it stays. The caller makes its
    /// new secret known.
    /// </summary>
    public Reply<DeviceRegistration> Reenroll(Decision decision, EnrollDevice request)
    {
        DeviceRegistration known = _state.Facts.Registration;
        if (!(_state.Facts.ReenrollableUntil > decision.Moment.Now))
            return Rejection.Conflict(
                "DeviceAlreadyRegistered",
                $"The device '{Id}' is registered already; an operator can allow it to register anew."
            );
        if (known.Model != request.Model)
            return Rejection.Invalid("ModelDiffers", $"The device '{Id}' is registered with the model '{known.Model}'.", "/model");
        Admit(decision, request, RegistrationOutcome.Reenrolled);
        return known;
    }

    public Reply<Instant?> Handle(AllowReenrollment request)
    {
        _state.Facts = _state.Facts with { ReenrollableUntil = request.Until };
        return request.Until;
    }

    public Reply<Instant> Handle(Decision decision, IssueClaimCode request)
    {
        _state.Facts = _state.Facts with { Claim = new DeviceClaim(request.CodeHash, request.ExpiresAt) };
        decision.Emit(new PutClaimCode(Id, request.CodeHash));
        return request.ExpiresAt;
    }

    /// <summary>Whoever asks again with the code that they used gets the same answer: the first may have been lost.</summary>
    public Reply<DeviceRegistration> Handle(Decision decision, ClaimDevice request, RegistrationSurroundings surroundings)
    {
        DeviceRegistration known = _state.Facts.Registration;
        if (_state.Facts.Claim is not { } claim || claim.CodeHash != request.CodeHash)
            return UnknownClaimCode();
        if (claim.IsUsed && known.CustomerId == request.CustomerId)
            return known;
        if (claim.IsUsed)
            return Rejection.Conflict("ClaimCodeUsed", "The claim code was used already.");
        if (claim.ExpiresAt <= decision.Moment.Now)
            return Rejection.Expired("ClaimCodeExpired", $"The claim code was good until {claim.ExpiresAt}.");
        string? formerName = _state.Facts.CustomerName;
        DeviceRegistration claimed = known with { CustomerId = request.CustomerId, Version = known.Version + 1 };
        _state.Facts = _state.Facts with
        {
            Registration = claimed,
            CustomerName = surroundings.CustomerName,
            Claim = claim with { IsUsed = true },
        };
        decision.Emit(new PutDevice(claimed));
        Link(decision, known.CustomerId, claimed.CustomerId, request.Actor);
        if (!decision.Moment.Catalog.Merges.AreOne(known.CustomerId, claimed.CustomerId))
            ChangeHands(decision, formerName, surroundings.Unresolved);
        return claimed;
    }

    public static Rejection UnknownClaimCode() =>
        new(RejectionKind.NotFound, "ClaimCodeNotFound", "No device has this claim code, or no longer.");

    /// <param name="owner">Whom the certificate belongs to now; null: nobody.</param>
    public Reply<bool> Handle(Decision decision, TrustCertificate request, EntityId? owner)
    {
        if (owner is { } other && other != EntityId.Device(Id))
            return Rejection.Conflict("CertificateInUse", $"The certificate belongs to {other}; end that first.");
        if (owner is null)
            decision.Emit(new PutCertificate(EntityId.Device(Id), request.Thumbprint));
        return owner is null;
    }

    public Reply<bool> Handle(Decision decision, RevokeCertificate request, EntityId? owner)
    {
        if (owner != EntityId.Device(Id))
            return Rejection.NotFound("Certificate", request.Thumbprint);
        decision.Emit(new DeleteCertificate(request.Thumbprint));
        return true;
    }

    private void Admit(Decision decision, EnrollDevice request, RegistrationOutcome outcome)
    {
        _state.Facts = _state.Facts with { ReenrollableUntil = null };
        if (request.Thumbprint is { } thumbprint)
            decision.Emit(new PutCertificate(EntityId.Device(Id), thumbprint));
        if (_state.Facts.Registration.CustomerId is null)
            Handle(decision, new IssueClaimCode(request.CodeHash, request.CodeExpiresAt));
        decision.Emit(
            new AppendRegistration(
                new Registration
                {
                    Id = decision.Moment.NewId(),
                    EnrollmentId = request.EnrollmentId,
                    At = decision.Moment.Now,
                    DeviceId = Id,
                    Model = request.Model,
                    Address = request.Address,
                    Thumbprint = request.Thumbprint,
                    Outcome = outcome,
                }
            )
        );
    }
}
