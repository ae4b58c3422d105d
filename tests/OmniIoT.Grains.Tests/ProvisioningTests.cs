using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Grains.Tests;

/// <summary>Devices that register themselves, on the real embedded store with the clock in the test's hand.</summary>
public sealed class ProvisioningTests : IAsyncLifetime
{
    private GrainsHarness _harness = null!;

    public async ValueTask InitializeAsync() => _harness = await GrainsHarness.StartAsync();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    [Fact]
    public async Task A_key_outlives_a_restart_and_ends_with_the_next()
    {
        string key = await EnrollmentAsync();
        await _harness.RestartAsync();

        Assert.NotNull((await RegisterAsync("w1", key)).Result);
        await _harness.Get<Enrollments>().ChangeKeyAsync("washers", null, CancellationToken.None);

        Assert.Equal(RegistrationOutcome.WrongCredentials, (await RegisterAsync("w2", key)).Refusal!.Outcome);
        Assert.Equal(RegistrationOutcome.WrongCredentials, (await RegisterAsync("w2", RegistrationToken.Of(key, "w2"))).Refusal!.Outcome);
    }

    [Fact]
    public async Task Changed_terms_keep_the_key()
    {
        string key = await EnrollmentAsync();

        await EnrollmentAsync(""" "name": "Line 7" """);

        Assert.NotNull((await RegisterAsync("w1", key)).Result);
    }

    [Fact]
    public async Task Devices_that_come_at_once_get_no_more_places_than_there_are()
    {
        string key = await EnrollmentAsync(""" "maxDevices": 3 """);

        ProvisioningReply[] replies = await Awaited.Within(
            Task.WhenAll(Enumerable.Range(0, 12).Select(i => RegisterAsync($"w{i}", key))),
            "twelve replies"
        );

        Assert.Equal(3, replies.Count(reply => reply.Result is not null));
        Assert.All(
            replies.Where(reply => reply.Result is null),
            reply => Assert.Equal(RegistrationOutcome.EnrollmentFull, reply.Refusal!.Outcome)
        );
        Assert.Equal((3, 9), await CountsAsync());
        await EnrollmentAsync(""" "maxDevices": 4 """);
        Assert.NotNull((await RegisterAsync("w20", key)).Result);
    }

    [Fact]
    public async Task A_device_that_comes_twice_at_once_registers_once()
    {
        string key = await EnrollmentAsync();

        ProvisioningReply[] replies = await Awaited.Within(
            Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RegisterAsync("w1", key))),
            "eight replies"
        );

        Assert.Single(replies, reply => reply.Result is not null);
        Assert.Equal((1, 7), await CountsAsync());
    }

    [Fact]
    public async Task A_full_enrolment_still_takes_back_a_device_that_may_come_again()
    {
        string key = await EnrollmentAsync(""" "maxDevices": 1 """);
        await RegisterAsync("w1", key);
        await _harness.AskAsync(grains =>
            grains.Device("w1").AllowReenrollmentAsync(new AllowReenrollment(_harness.Now + TimeSpan.FromHours(1)))
        );

        ProvisionedDevice again = (await RegisterAsync("w1", key)).Result!;

        string stored = (await _harness.Get<ICredentialStore>().FindSecretHashAsync(EntityId.Device("w1"), CancellationToken.None))!;
        Assert.True(SecretHasher.Verify(System.Text.Encoding.UTF8.GetBytes(again.Secret), stored));
        Assert.Equal([EntityId.Device("w1")], _harness.Publisher.Disconnected);
        Assert.Equal((1, 0), await CountsAsync());
    }

    [Fact]
    public async Task Attempts_that_come_too_fast_wait_for_the_minutes_end()
    {
        string key = await EnrollmentAsync(""" "ratePerMinute": 2 """);
        await RegisterAsync("w1", key);
        _harness.Time.Advance(TimeSpan.FromSeconds(20));
        await RegisterAsync("w2", key);

        RegistrationRefusal refusal = (await RegisterAsync("w3", key)).Refusal!;
        Assert.Equal((RegistrationOutcome.Throttled, TimeSpan.FromSeconds(40)), (refusal.Outcome, refusal.RetryAfter));
        Assert.Equal((2, 0), await CountsAsync());
        _harness.Time.Advance(TimeSpan.FromSeconds(40));

        Assert.NotNull((await RegisterAsync("w3", key)).Result);
    }

    [Fact]
    public async Task An_address_with_ten_wrong_keys_waits_and_others_do_not()
    {
        string key = await EnrollmentAsync();
        for (int i = 0; i < Provisioner.MaximumFailures; i++)
            Assert.Equal(RegistrationOutcome.WrongCredentials, (await RegisterAsync("w1", "wrong")).Refusal!.Outcome);

        Assert.Equal(RegistrationOutcome.Throttled, (await RegisterAsync("w1", key)).Refusal!.Outcome);
        Assert.NotNull((await RegisterAsync("w2", key, address: "198.51.100.1")).Result);
        _harness.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.NotNull((await RegisterAsync("w1", key)).Result);
        Assert.Equal((2, Provisioner.MaximumFailures), await CountsAsync());
    }

    [Fact]
    public async Task Every_attempt_is_recorded_but_those_at_an_enrolment_that_does_not_exist()
    {
        string key = await EnrollmentAsync(""" "idPattern": "w*" """);
        await RegisterAsync("w1", key);
        await RegisterAsync("w1", key);
        await RegisterAsync("x1", key);
        await RegisterAsync("w2", "wrong");
        await RegisterAsync("w2", key, model: "dryer");
        Assert.Equal(RegistrationOutcome.WrongCredentials, (await RegisterAsync("w3", key, enrollment: "none")).Refusal!.Outcome);

        IReadOnlyList<Registration> records = (
            await _harness.Get<IProvisioningQueries>().RegistrationsAsync("washers", new PageRequest(null, 50), CancellationToken.None)
        ).Items;

        Assert.Equal(
            [
                ("w2", RegistrationOutcome.UnknownModel),
                ("w2", RegistrationOutcome.WrongCredentials),
                ("x1", RegistrationOutcome.IdNotAllowed),
                ("w1", RegistrationOutcome.AlreadyRegistered),
                ("w1", RegistrationOutcome.Registered),
            ],
            records.Select(record => (record.DeviceId, record.Outcome))
        );
        Assert.All(records, record => Assert.Equal(("192.0.2.7", _harness.Now), (record.Address, record.At)));
        Assert.Empty(
            (await _harness.Get<IProvisioningQueries>().RegistrationsAsync("none", new PageRequest(null, 50), CancellationToken.None)).Items
        );
    }

    [Fact]
    public async Task An_enrolment_that_ended_or_was_revoked_takes_nobody()
    {
        string key = await EnrollmentAsync($""" "expiresAt": {(_harness.Now + TimeSpan.FromMinutes(5)).UnixMilliseconds} """);
        Assert.NotNull((await RegisterAsync("w1", key)).Result);
        _harness.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(RegistrationOutcome.EnrollmentExpired, (await RegisterAsync("w2", key)).Refusal!.Outcome);

        await _harness.Get<Enrollments>().DeleteAsync("washers", null, CancellationToken.None);

        Assert.Equal(RegistrationOutcome.WrongCredentials, (await RegisterAsync("w2", key)).Refusal!.Outcome);
        Assert.NotNull(await _harness.Get<ICredentialStore>().FindSecretHashAsync(EntityId.Device("w1"), CancellationToken.None));
        string another = await EnrollmentAsync();
        Assert.NotEqual(key, another);
        Assert.Equal((0, 0), await CountsAsync());
    }

    [Fact]
    public async Task A_certificate_registers_and_is_what_the_device_signs_in_with()
    {
        using FleetAuthority root = FleetAuthority.Root(_harness.Time.GetUtcNow());
        await EnrollmentAsync(JsonSerializer.Serialize(new { certificateAuthority = root.Pem }).Trim('{', '}'));
        DeviceIdentity device = root.Issue("w1");
        CertificateProof proof = device.Prove("w1", "washers", _harness.Now.ToString());

        ProvisioningReply reply = await RegisterAsync("w1", null, proof: proof);
        ProvisioningReply replayed = await RegisterAsync("w1", null, proof: proof);

        Assert.NotNull(reply.Result);
        Assert.Equal(RegistrationOutcome.AlreadyRegistered, replayed.Refusal!.Outcome);
        Assert.Equal(
            EntityId.Device("w1"),
            await _harness.Get<ICredentialStore>().FindByThumbprintAsync(device.Thumbprint, CancellationToken.None)
        );
    }

    [Fact]
    public async Task An_enrolment_without_an_authority_takes_no_certificates()
    {
        await EnrollmentAsync();
        using FleetAuthority root = FleetAuthority.Root(_harness.Time.GetUtcNow());

        ProvisioningReply reply = await RegisterAsync("w1", null, proof: root.Issue("w1").Prove("w1", "washers", _harness.Now.ToString()));

        Assert.Equal(RegistrationOutcome.WrongCredentials, reply.Refusal!.Outcome);
    }

    [Fact]
    public async Task A_device_is_claimed_with_the_code_that_it_got()
    {
        string key = await EnrollmentAsync();
        await _harness.AddCustomerAsync("ann");
        string code = (await RegisterAsync("w1", key)).Result!.ClaimCode!.Code;
        Claims claims = _harness.Get<Claims>();

        Reply<DeviceRegistration> wrong = await claims.ClaimAsync("ann", "2222-2222", "customer:ann", CancellationToken.None);
        Reply<DeviceRegistration> claimed = await claims.ClaimAsync(
            "ann",
            code.ToLowerInvariant().Replace('-', ' '),
            "customer:ann",
            CancellationToken.None
        );

        Assert.Equal("ClaimCodeNotFound", wrong.Rejection!.Code);
        Assert.Equal("ann", claimed.Result!.CustomerId);
        Assert.Contains(
            await _harness.TimelineAsync("ann"),
            entry => entry.Kind == TimelineKind.DeviceLinked && entry.Refs.DeviceId == "w1"
        );
    }

    [Fact]
    public async Task A_code_is_good_for_as_long_as_was_said()
    {
        string key = await EnrollmentAsync();
        await _harness.AddCustomerAsync("ann");
        Assert.Equal(_harness.Now + TimeSpan.FromDays(30), (await RegisterAsync("w1", key)).Result!.ClaimCode!.ExpiresAt);
        Claims claims = _harness.Get<Claims>();
        NewClaimCode code = (await claims.IssueAsync("w1", TimeSpan.FromMinutes(1), CancellationToken.None)).Result!;
        _harness.Time.Advance(TimeSpan.FromMinutes(1));

        Reply<DeviceRegistration> late = await claims.ClaimAsync("ann", code.Code, "customer:ann", CancellationToken.None);

        Assert.Equal(RejectionKind.Expired, late.Rejection!.Kind);
    }

    /// <summary>Writes the enrolment and returns its key.</summary>
    private async Task<string> EnrollmentAsync(string members = "")
    {
        string json = $$"""{ "model": "washer"{{(members.Length > 0 ? "," : "")}} {{members}} }""";
        Enrollment terms = EnrollmentReader
            .Read("washers", JsonDocument.Parse(json).RootElement, _harness.Get<Catalogs.CatalogKeeper>().Current.Models)
            .Value!;
        VersionedEnrollment stored = (await _harness.Get<Enrollments>().PutAsync(terms, null, CancellationToken.None)).Result.After;
        return await _harness.Get<EnrollmentKeys>().KeyOfAsync(stored.Stored, CancellationToken.None);
    }

    private Task<ProvisioningReply> RegisterAsync(
        string deviceId,
        string? bearer,
        string model = "washer",
        string enrollment = "washers",
        string address = "192.0.2.7",
        CertificateProof? proof = null
    ) =>
        Awaited.Within(
            _harness
                .Get<Provisioner>()
                .RegisterAsync(new RegistrationAttempt(enrollment, deviceId, model, null, bearer, proof, address), CancellationToken.None),
            $"reply to {deviceId}"
        );

    private async Task<(long Registered, long Refused)> CountsAsync()
    {
        RegistrationCounts counts = await _harness.Get<IProvisioningQueries>().CountsAsync("washers", CancellationToken.None);
        return (counts.Registered, counts.Refused);
    }
}
