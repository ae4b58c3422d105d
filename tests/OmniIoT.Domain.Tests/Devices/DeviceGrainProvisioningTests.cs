using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Devices;

public sealed class DeviceGrainProvisioningTests
{
    private readonly DeviceBench _bench = new();

    [Fact]
    public void A_registered_device_does_not_register_again()
    {
        Reply<DeviceRegistration> reply = default;
        List<Effect> effects = _bench.Do((grain, decision) => reply = grain.Reenroll(decision, Enroll()));

        Assert.Equal((RejectionKind.Conflict, "DeviceAlreadyRegistered"), (reply.Rejection!.Kind, reply.Rejection.Code));
        Assert.Empty(effects);
    }

    [Fact]
    public void An_operator_lets_it_register_again_once_and_for_a_while()
    {
        Allow(untilSeconds: 60);
        _bench.Restart();

        List<Effect> effects = _bench.Do((grain, decision) => Assert.Null(grain.Reenroll(decision, Enroll()).Rejection), 59);

        Assert.Equal(RegistrationOutcome.Reenrolled, effects.Single<AppendRegistration>().Registration.Outcome);
        _bench.Do((grain, decision) => Assert.NotNull(grain.Reenroll(decision, Enroll()).Rejection), 59);
        Allow(untilSeconds: 70);
        _bench.Do((grain, decision) => Assert.NotNull(grain.Reenroll(decision, Enroll()).Rejection), 70);
    }

    [Fact]
    public void A_device_that_comes_again_keeps_model_and_owner_and_gives_no_new_code_away()
    {
        Allow(untilSeconds: 60);

        _bench.Do(
            (grain, decision) => Assert.Equal("/model", grain.Reenroll(decision, Enroll() with { Model = "dryer" }).Rejection!.Pointer)
        );
        List<Effect> effects = _bench.Do((grain, decision) => grain.Reenroll(decision, Enroll()));

        Assert.Equal("ann", _bench.Grain.State.Facts.Registration.CustomerId);
        Assert.Empty(effects.OfType<PutClaimCode>());
    }

    [Fact]
    public void A_new_device_brings_its_code_and_certificate()
    {
        DeviceDecider grain = null!;
        List<Effect> effects = _bench.Do(
            (_, decision) =>
                grain = DeviceDecider.Enroll(decision, "w9", Enroll() with { Thumbprint = "aa", SiteId = "baku" }, DeviceBench.Alone)
        );

        Assert.Equal(
            ("washer", "baku", null),
            (grain.State.Facts.Registration.Model, grain.State.Facts.Registration.SiteId, grain.State.Facts.Registration.CustomerId)
        );
        Assert.Equal("aa", effects.Single<PutCertificate>().Thumbprint);
        Assert.Equal("hash", effects.Single<PutClaimCode>().CodeHash);
        Registration registration = effects.Single<AppendRegistration>().Registration;
        Assert.Equal(
            ("washers", "w9", "192.0.2.7", "aa", RegistrationOutcome.Registered),
            (registration.EnrollmentId, registration.DeviceId, registration.Address, registration.Thumbprint, registration.Outcome)
        );
    }

    [Fact]
    public void A_claim_moves_the_device_and_both_customers_see_it()
    {
        Issue("hash");

        List<Effect> effects = Claim("hash", "bob", out Reply<DeviceRegistration> reply);

        Assert.Equal(("bob", 2), (reply.Result!.CustomerId, reply.Result.Version));
        Assert.Equal(
            [("ann", TimelineKind.DeviceUnlinked, "system"), ("bob", TimelineKind.DeviceLinked, "customer:bob")],
            effects.OfType<AppendTimeline>().Select(append => (append.Entry.CustomerId, append.Entry.Kind, append.Entry.Actor))
        );
    }

    [Fact]
    public void A_code_is_used_up_by_a_claim_but_the_one_who_used_it_may_ask_again()
    {
        Issue("hash");
        Claim("hash", "bob", out _);
        _bench.Restart();

        Assert.Empty(Claim("hash", "bob", out Reply<DeviceRegistration> again));
        Claim("hash", "carl", out Reply<DeviceRegistration> other);

        Assert.Equal("bob", again.Result!.CustomerId);
        Assert.Equal("ClaimCodeUsed", other.Rejection!.Code);
    }

    [Fact]
    public void A_code_expires_and_another_replaces_it()
    {
        Issue("old");
        Issue("new", expiresSeconds: 60);

        Claim("old", "bob", out Reply<DeviceRegistration> replaced);
        Claim("new", "bob", out Reply<DeviceRegistration> late, atSeconds: 60);

        Assert.Equal(RejectionKind.NotFound, replaced.Rejection!.Kind);
        Assert.Equal(RejectionKind.Expired, late.Rejection!.Kind);
    }

    [Fact]
    public void A_certificate_of_another_device_is_neither_taken_nor_ended()
    {
        EntityId other = EntityId.Device("w2");

        _bench.Do(
            (grain, decision) => Assert.Equal("CertificateInUse", grain.Handle(decision, new TrustCertificate("aa"), other).Rejection!.Code)
        );
        _bench.Do(
            (grain, decision) =>
                Assert.Equal(RejectionKind.NotFound, grain.Handle(decision, new RevokeCertificate("aa"), other).Rejection!.Kind)
        );
        _bench.Do(
            (grain, decision) =>
                Assert.Equal(RejectionKind.NotFound, grain.Handle(decision, new RevokeCertificate("aa"), null).Rejection!.Kind)
        );
    }

    private static EnrollDevice Enroll() =>
        new()
        {
            EnrollmentId = "washers",
            Model = "washer",
            SiteId = null,
            Name = "Washer",
            Address = "192.0.2.7",
            Thumbprint = null,
            CodeHash = "hash",
            CodeExpiresAt = DeviceBench.Start + TimeSpan.FromDays(30),
        };

    private void Allow(double untilSeconds) =>
        _bench.Do((grain, _) => grain.Handle(new AllowReenrollment(DeviceBench.Start + TimeSpan.FromSeconds(untilSeconds))));

    private void Issue(string hash, double expiresSeconds = 3600) =>
        _bench.Do(
            (grain, decision) => grain.Handle(decision, new IssueClaimCode(hash, DeviceBench.Start + TimeSpan.FromSeconds(expiresSeconds)))
        );

    private List<Effect> Claim(string hash, string customerId, out Reply<DeviceRegistration> reply, double atSeconds = 1)
    {
        Reply<DeviceRegistration> given = default;
        List<Effect> effects = _bench.Do(
            (grain, decision) =>
                given = grain.Handle(decision, new ClaimDevice(hash, customerId, "customer:" + customerId), DeviceBench.Alone),
            atSeconds
        );
        reply = given;
        return effects;
    }
}
