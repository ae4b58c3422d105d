using System.Globalization;
using OmniIoT.Domain;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Attempts to register, claim codes and certificates.</summary>
public abstract class ProvisioningContract : StoreContract
{
    [Fact]
    public async Task Attempts_come_back_newest_first_and_by_enrolment()
    {
        Registration[] attempts = [.. Enumerable.Range(0, 5).Select(i => Attempt($"r{i}", at: i))];
        Commit(attempts.Select(attempt => new AppendRegistration(attempt)));
        Commit(new AppendRegistration(Attempt("other", enrollment: "beta")));

        List<Registration> found = await AllPages(page => Store.Provisioning.RegistrationsAsync("alpha", page, Cancel), 2);

        Assert.Equal(attempts.Reverse(), found);
    }

    [Fact]
    public async Task Attempts_are_counted_by_what_came_of_them()
    {
        Commit(
            new AppendRegistration(Attempt("r1", at: 1)),
            new AppendRegistration(Attempt("r2", at: 2)),
            new AppendRegistration(Attempt("r3", at: 3, outcome: RegistrationOutcome.Reenrolled)),
            new AppendRegistration(Attempt("r4", at: 4, outcome: RegistrationOutcome.WrongCredentials)),
            new AppendRegistration(Attempt("r5", at: 5, enrollment: "beta"))
        );

        Assert.Equal(new RegistrationCounts(2, 1, Samples.At(3)), await Store.Provisioning.CountsAsync("alpha", Cancel));
        Assert.Equal(RegistrationCounts.None, await Store.Provisioning.CountsAsync("gamma", Cancel));
    }

    [Fact]
    public async Task An_attempt_that_is_recorded_again_counts_once()
    {
        Commit(new AppendRegistration(Attempt("r1")));
        Commit(new AppendRegistration(Attempt("r1")));

        Assert.Equal(1, (await Store.Provisioning.CountsAsync("alpha", Cancel)).Registered);
    }

    [Fact]
    public async Task Counts_start_anew_and_what_was_recorded_stays()
    {
        Commit(new AppendRegistration(Attempt("r1")), new AppendRegistration(Attempt("b1", enrollment: "beta")));

        Commit(new ResetRegistrationCounts("alpha"));

        Assert.Equal(RegistrationCounts.None, await Store.Provisioning.CountsAsync("alpha", Cancel));
        Assert.Equal(1, (await Store.Provisioning.CountsAsync("beta", Cancel)).Registered);
        Assert.Single((await Store.Provisioning.RegistrationsAsync("alpha", new PageRequest(null, 50), Cancel)).Items);
    }

    [Fact]
    public async Task Of_refused_attempts_the_newest_are_kept_and_of_the_others_all()
    {
        const int tooMany = 3;
        Commit(
            new AppendRegistration(Attempt("0-registered")),
            new AppendRegistration(Attempt("0-beta", "beta", outcome: RegistrationOutcome.UnknownModel))
        );
        Commit(
            Enumerable
                .Range(0, AppendRegistration.KeptRefusals + tooMany)
                .Select(i => new AppendRegistration(
                    Attempt("r" + i.ToString("D5", CultureInfo.InvariantCulture), at: i, outcome: RegistrationOutcome.WrongCredentials)
                ))
        );

        List<Registration> kept = await AllPages(
            page => Store.Provisioning.RegistrationsAsync("alpha", page, Cancel),
            PageRequest.MaximumLimit
        );

        Assert.Equal(AppendRegistration.KeptRefusals, kept.Count(attempt => !attempt.Accepted));
        Assert.Contains(kept, attempt => attempt.Id == "0-registered");
        Assert.Contains(kept, attempt => attempt.Id == "r00003");
        Assert.DoesNotContain(kept, attempt => attempt.Id == "r00002");
        Assert.Equal(AppendRegistration.KeptRefusals + tooMany, (await Store.Provisioning.CountsAsync("alpha", Cancel)).Refused);
        Assert.Single((await Store.Provisioning.RegistrationsAsync("beta", new PageRequest(null, 50), Cancel)).Items);
    }

    [Fact]
    public async Task A_new_claim_code_replaces_the_devices_earlier_one()
    {
        Commit(new PutClaimCode("d1", "first"), new PutClaimCode("d2", "second"));
        Commit(new PutClaimCode("d1", "third"));

        Assert.Null(await Store.Provisioning.FindClaimedDeviceAsync("first", Cancel));
        Assert.Equal("d1", await Store.Provisioning.FindClaimedDeviceAsync("third", Cancel));
        Assert.Equal("d2", await Store.Provisioning.FindClaimedDeviceAsync("second", Cancel));
    }

    [Fact]
    public async Task A_principal_is_found_by_its_certificates_until_they_are_deleted()
    {
        EntityId device = EntityId.Device("d1");
        Commit(new PutCertificate(device, "bb"), new PutCertificate(device, "aa"), new PutCertificate(EntityId.Device("d2"), "cc"));

        Assert.Equal(device, await Store.Credentials.FindByThumbprintAsync("aa", Cancel));
        Assert.Equal(["aa", "bb"], await Store.Provisioning.CertificatesAsync(device, Cancel));

        Commit(new DeleteCertificate("aa"), new DeleteCertificate("never-there"));

        Assert.Null(await Store.Credentials.FindByThumbprintAsync("aa", Cancel));
        Assert.Equal(["bb"], await Store.Provisioning.CertificatesAsync(device, Cancel));
    }

    [Fact]
    public async Task A_certificate_belongs_to_the_principal_it_was_mapped_to_last()
    {
        Commit(new PutCertificate(EntityId.Device("d1"), "aa"));
        Commit(new PutCertificate(EntityId.Device("d2"), "aa"));

        Assert.Equal(EntityId.Device("d2"), await Store.Credentials.FindByThumbprintAsync("aa", Cancel));
        Assert.Empty(await Store.Provisioning.CertificatesAsync(EntityId.Device("d1"), Cancel));
    }

    private static Registration Attempt(
        string id,
        string enrollment = "alpha",
        double at = 0,
        RegistrationOutcome outcome = RegistrationOutcome.Registered
    ) =>
        new()
        {
            Id = id,
            EnrollmentId = enrollment,
            At = Samples.At(at),
            DeviceId = "washer-7",
            Model = "washer-w2",
            Address = "192.0.2.7",
            Thumbprint = null,
            Outcome = outcome,
        };
}
