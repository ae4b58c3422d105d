using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Provisioning;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Api.Tests;

public sealed class ProvisioningCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task The_key_is_told_at_creation_only_and_rotated_when_asked_for()
    {
        await host.PutAsync("models/washer", RunningHost.Washer);

        Answer created = await host.PutAsync("enrollments/e-key", """{"name":"Line 7","models":["washer"]}""");
        Answer changed = await host.PutAsync("enrollments/e-key", """{"model":"washer","maxDevices":5}""");
        Answer read = await host.GetAsync("enrollments/e-key");
        Answer rotated = await host.PostAsync("enrollments/e-key/key");

        Assert.Equal((HttpStatusCode.Created, "\"1\""), (created.Status, created.Tag));
        Assert.Equal(43, ((string)created.Json!["key"]!).Length);
        Assert.Equal((HttpStatusCode.OK, "\"2\"", 5), (changed.Status, changed.Tag, (int)read.Json!["maxDevices"]!));
        Assert.DoesNotContain("key", changed.Json!.AsObject().Select(member => member.Key));
        Assert.DoesNotContain("key", read.Json.AsObject().Select(member => member.Key));
        Assert.DoesNotContain("salt", read.Text, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual((string)created.Json["key"]!, (string)rotated.Json!["key"]!);
        Assert.Equal("\"3\"", rotated.Tag);
    }

    [Fact]
    public async Task An_enrolment_is_changed_in_the_version_that_was_read_only()
    {
        await EnrollAsync("e-stale");

        Answer put = await host.SendAsync(HttpMethod.Put, "enrollments/e-stale", """{"model":"washer"}""", "\"9\"");
        Answer key = await host.SendAsync(HttpMethod.Post, "enrollments/e-stale/key", null, "\"9\"");
        Answer stale = await host.SendAsync(HttpMethod.Delete, "enrollments/e-stale", null, "\"9\"");
        Answer deleted = await host.SendAsync(HttpMethod.Delete, "enrollments/e-stale", null, "\"1\"");

        Assert.All([put, key, stale], answer => Assert.Equal(HttpStatusCode.PreconditionFailed, answer.Status));
        Assert.Equal(HttpStatusCode.NoContent, deleted.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("enrollments/e-stale")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("enrollments/e-stale/key")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.DeleteAsync("enrollments/e-stale")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("enrollments/e-stale/registrations")).Status);
    }

    [Fact]
    public async Task Enrolments_are_for_administrators()
    {
        await host.PutAsync("agents/orkhan", """{"role":"agent","password":"correct horse"}""");
        string session = (string)(await host.PostAsync("session", """{"user":"orkhan","password":"correct horse"}""")).Json!["token"]!;
        using HttpClient agent = host.ClientWith(session);
        using HttpClient nobody = host.ClientWith(null);

        Assert.Equal(HttpStatusCode.Forbidden, (await RunningHost.SendAsync(agent, HttpMethod.Get, "enrollments", null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await RunningHost.SendAsync(nobody, HttpMethod.Get, "enrollments", null)).Status);
    }

    [Fact]
    public async Task A_device_registers_once_and_an_operator_lets_it_come_again()
    {
        await host.PutAsync("sites/baku", """{"name":"Baku"}""");
        string key = await EnrollAsync("e-once", """, "siteId": "baku" """);

        Answer first = await ProvisionAsync(key, "e-once", "p-once", """, "name": "Washer 1" """);
        Answer second = await ProvisionAsync(key, "e-once", "p-once");
        Answer allowed = await host.PostAsync("devices/p-once/reenroll");
        Answer again = await ProvisionAsync(key, "e-once", "p-once");
        Answer fourth = await ProvisionAsync(key, "e-once", "p-once");
        await host.PostAsync("devices/p-once/reenroll");
        Answer forbidden = await host.DeleteAsync("devices/p-once/reenroll");
        Answer fifth = await ProvisionAsync(key, "e-once", "p-once");

        Assert.Equal(HttpStatusCode.Created, first.Status);
        Assert.Equal(
            ("washer", "baku", "Washer 1"),
            ((string?)first.Json!["model"], (string?)first.Json["siteId"], (string?)first.Json["name"])
        );
        Assert.Matches("^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$", (string?)first.Json["claimCode"]);
        Assert.Equal(("127.0.0.1", host.MqttPort), ((string?)first.Json["mqtt"]!["host"], (int)first.Json["mqtt"]!["port"]!));
        Assert.Equal((HttpStatusCode.Conflict, "AlreadyRegistered"), (second.Status, (string?)second.Json!["code"]));
        Assert.NotNull(allowed.Json!["until"]);
        Assert.Equal(HttpStatusCode.Created, again.Status);
        Assert.NotEqual((string?)first.Json["secret"], (string?)again.Json!["secret"]);
        Assert.Equal(HttpStatusCode.NoContent, forbidden.Status);
        Assert.All([fourth, fifth], answer => Assert.Equal(HttpStatusCode.Conflict, answer.Status));
        await host.PublishAsync("p-once", (string)again.Json["secret"]!, "devices/p-once/telemetry", """{"temperature":20}""");
    }

    [Fact]
    public async Task A_token_lets_its_own_device_register_and_no_other()
    {
        string key = await EnrollAsync("e-token");
        string token = RegistrationToken.Of(key, "p-token");

        Assert.Equal(HttpStatusCode.Unauthorized, (await ProvisionAsync(token, "e-token", "p-other")).Status);
        Assert.Equal(HttpStatusCode.Created, (await ProvisionAsync(token, "e-token", "p-token")).Status);
    }

    [Fact]
    public async Task What_is_refused_says_why_and_is_recorded()
    {
        string key = await EnrollAsync("e-refused", """, "idPattern": "p-refused-*", "maxDevices": 1 """);
        await ProvisionAsync(key, "e-refused", "p-refused-1");

        Answer model = await ProvisionAsync(key, "e-refused", "p-refused-2", model: "nobody");
        Answer id = await ProvisionAsync(key, "e-refused", "p-other");
        Answer full = await ProvisionAsync(key, "e-refused", "p-refused-2");
        Answer wrong = await ProvisionAsync("wrong", "e-refused", "p-refused-2");
        Answer none = await ProvisionAsync(null, "e-refused", "p-refused-2");
        Answer unknown = await ProvisionAsync(key, "e-nothing", "p-refused-2");
        Answer records = await host.GetAsync("enrollments/e-refused/registrations");
        Answer enrollment = await host.GetAsync("enrollments/e-refused");

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/model"), (model.Status, model.Pointer));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/deviceId"), (id.Status, id.Pointer));
        Assert.Equal((HttpStatusCode.Forbidden, "EnrollmentFull"), (full.Status, (string?)full.Json!["code"]));
        Assert.All([wrong, none, unknown], answer => Assert.Equal(HttpStatusCode.Unauthorized, answer.Status));
        Assert.Equal(wrong.Text, unknown.Text);
        Assert.Equal(
            ["wrongCredentials", "wrongCredentials", "enrollmentFull", "idNotAllowed", "unknownModel", "registered"],
            records.Items.Select(record => (string)record!["outcome"]!)
        );
        Assert.All(records.Items, record => Assert.Equal("127.0.0.1", (string?)record!["address"]));
        Assert.Equal((1, 5), ((int)enrollment.Json!["registered"]!, (int)enrollment.Json["refused"]!));
        Assert.NotNull(enrollment.Json["lastUsedAt"]);
    }

    [Theory]
    [InlineData("""{"deviceId":"d","model":"washer"}""", "/enrollment")]
    [InlineData("""{"enrollment":"e","deviceId":"not an id","model":"washer"}""", "/deviceId")]
    [InlineData("""{"enrollment":"e","deviceId":"d"}""", "/model")]
    [InlineData(
        """{"enrollment":"e","deviceId":"d","model":"washer","certificate":{"chain":"x","timestamp":"0"}}""",
        "/certificate/signature"
    )]
    public async Task Each_mistake_in_an_attempt_is_named(string json, string pointer)
    {
        Answer answer = await host.PostAsync("provision", json);

        Assert.Equal((HttpStatusCode.UnprocessableEntity, pointer), (answer.Status, answer.Pointer));
    }

    [Fact]
    public async Task An_attempt_of_more_than_64_KiB_is_not_read()
    {
        Answer answer = await host.PostAsync("provision", $$"""{"enrollment":"e","deviceId":"d","model":"{{new string('x', 70_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.Status);
    }

    [Fact]
    public async Task Attempts_that_come_too_fast_are_told_when_to_come_again()
    {
        string key = await EnrollAsync("e-fast", """, "ratePerMinute": 1 """);
        await ProvisionAsync(key, "e-fast", "p-fast-1");
        using HttpClient device = host.ClientWith(key);
        using StringContent body = new("""{"enrollment":"e-fast","deviceId":"p-fast-2","model":"washer"}""");

        using HttpResponseMessage answer = await device.PostAsync(new Uri("/api/v1/provision", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
    }

    [Fact]
    public async Task A_certificate_registers_and_is_revoked()
    {
        using FleetAuthority root = FleetAuthority.Root(TimeProvider.System.GetUtcNow());
        await EnrollAsync("e-ca", $", \"certificateAuthority\": {System.Text.Json.JsonSerializer.Serialize(root.Pem)}");
        DeviceIdentity device = root.Issue("p-ca");
        CertificateProof proof = device.Prove("p-ca", "e-ca", TimeProvider.System.GetUtcNow().ToString("O"));
        JsonObject certificate = new()
        {
            ["chain"] = proof.Chain,
            ["timestamp"] = proof.Timestamp,
            ["signature"] = proof.Signature,
        };

        Answer registered = await ProvisionAsync(null, "e-ca", "p-ca", $", \"certificate\": {certificate.ToJsonString()}");
        Answer listed = await host.GetAsync("devices/p-ca/certificates");
        Answer revoked = await host.DeleteAsync($"devices/p-ca/certificates/{device.Thumbprint}");
        Answer none = await host.GetAsync("devices/p-ca/certificates");

        Assert.Equal(HttpStatusCode.Created, registered.Status);
        Assert.Equal(device.Thumbprint, (string?)Assert.Single(listed.Items)!["thumbprint"]);
        Assert.Equal(HttpStatusCode.NoContent, revoked.Status);
        Assert.Empty(none.Items);
    }

    [Fact]
    public async Task An_operator_maps_a_certificate_by_hand_to_one_device()
    {
        await host.SeedWasherAsync("p-map-1", "c-map");
        await host.SeedWasherAsync("p-map-2", "c-map");
        string thumbprint = string.Concat(Enumerable.Repeat("AB:", 31)) + "CD";
        string stored = thumbprint.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();

        Answer created = await host.PutAsync($"devices/p-map-1/certificates/{thumbprint}", "");
        Answer again = await host.PutAsync($"devices/p-map-1/certificates/{stored}", "");
        Answer taken = await host.PutAsync($"devices/p-map-2/certificates/{thumbprint}", "");
        Answer nonsense = await host.PutAsync("devices/p-map-1/certificates/abc", "");
        Answer unknown = await host.PutAsync($"devices/p-map-none/certificates/{thumbprint}", "");

        Assert.Equal((HttpStatusCode.Created, stored), (created.Status, (string?)created.Json!["thumbprint"]));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal(HttpStatusCode.Conflict, taken.Status);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "/thumbprint"), (nonsense.Status, nonsense.Pointer));
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.DeleteAsync($"devices/p-map-2/certificates/{thumbprint}")).Status);
    }

    [Fact]
    public async Task A_customers_app_claims_a_device_by_its_code()
    {
        await host.SeedWasherAsync("p-claim", "c-former");
        await host.PutAsync("customers/c-new", """{"name":"Nigar"}""");
        using HttpClient app = host.ClientWith((string)(await host.PostAsync("customers/c-new/app-token")).Json!["token"]!);
        Answer code = await host.PostAsync("devices/p-claim/claim-code");
        string body = $$"""{"code":"{{((string)code.Json!["code"]!).ToLowerInvariant()}}"}""";

        Answer foreign = await RunningHost.SendAsync(app, HttpMethod.Post, "customers/c-former/claims", body);
        Answer claimed = await RunningHost.SendAsync(app, HttpMethod.Post, "customers/c-new/claims", body);
        Answer again = await RunningHost.SendAsync(app, HttpMethod.Post, "customers/c-new/claims", body);
        Answer used = await host.PostAsync("customers/c-former/claims", body);

        Assert.Equal(HttpStatusCode.Forbidden, foreign.Status);
        Assert.Equal((HttpStatusCode.OK, "c-new"), (claimed.Status, (string?)claimed.Json!["customerId"]));
        Assert.Equal(HttpStatusCode.OK, again.Status);
        Assert.Equal((HttpStatusCode.Conflict, "ClaimCodeUsed"), (used.Status, (string?)used.Json!["code"]));
        Assert.Equal("c-new", (string?)(await host.GetAsync("devices/p-claim")).Json!["customerId"]);
        Assert.Equal(
            "customer:c-new",
            (string?)Assert.Single((await host.GetAsync("customers/c-new/timeline?kind=device.linked")).Items)!["actor"]
        );
        Assert.Single((await host.GetAsync("customers/c-former/timeline?kind=device.unlinked")).Items);
    }

    [Fact]
    public async Task A_code_that_is_unknown_missing_or_too_short_lived_is_refused()
    {
        await host.SeedWasherAsync("p-codes", "c-codes");

        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("customers/c-codes/claims", """{"code":"2222-2222"}""")).Status);
        Assert.Equal("/code", (await host.PostAsync("customers/c-codes/claims", "{}")).Pointer);
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("customers/c-nobody/claims", """{"code":"2222-2222"}""")).Status);
        Assert.Equal("/expiresMinutes", (await host.PostAsync("devices/p-codes/claim-code", """{"expiresMinutes":0}""")).Pointer);
        Assert.Equal(HttpStatusCode.NotFound, (await host.PostAsync("devices/p-nobody/claim-code")).Status);
        Answer code = await host.PostAsync("devices/p-codes/claim-code", """{"expiresMinutes":0.00001}""");
        Answer late = await host.PostAsync("customers/c-codes/claims", $$"""{"code":"{{(string)code.Json!["code"]!}}"}""");
        Assert.Equal((HttpStatusCode.Gone, "ClaimCodeExpired"), (late.Status, (string?)late.Json!["code"]));
    }

    [Fact]
    public async Task Who_guesses_codes_must_wait_and_others_need_not()
    {
        await host.SeedWasherAsync("p-guess", "c-guess");
        await host.PutAsync("customers/c-patient", "{}");
        string code = (string)(await host.PostAsync("devices/p-guess/claim-code")).Json!["code"]!;
        for (int i = 0; i < 10; i++)
            await host.PostAsync("customers/c-guess/claims", """{"code":"2222-2223"}""");

        Answer guessing = await host.PostAsync("customers/c-guess/claims", $$"""{"code":"{{code}}"}""");
        Answer patient = await host.PostAsync("customers/c-patient/claims", $$"""{"code":"{{code}}"}""");

        Assert.Equal(HttpStatusCode.TooManyRequests, guessing.Status);
        Assert.Equal(HttpStatusCode.OK, patient.Status);
    }

    /// <summary>Writes an enrolment for washers; returns its key.</summary>
    private async Task<string> EnrollAsync(string id, string members = "")
    {
        await host.PutAsync("models/washer", RunningHost.Washer);
        Answer created = await host.PutAsync("enrollments/" + id, $$"""{ "model": "washer"{{members}} }""");
        Assert.Equal(HttpStatusCode.Created, created.Status);
        return (string)created.Json!["key"]!;
    }

    private async Task<Answer> ProvisionAsync(
        string? bearer,
        string enrollment,
        string deviceId,
        string members = "",
        string model = "washer"
    )
    {
        using HttpClient device = host.ClientWith(bearer);
        return await RunningHost.SendAsync(
            device,
            HttpMethod.Post,
            "provision",
            $$"""{ "enrollment": "{{enrollment}}", "deviceId": "{{deviceId}}", "model": "{{model}}"{{members}} }"""
        );
    }
}
