using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using OmniIoT.Devices.Models;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Domain.Text;

namespace OmniIoT.Domain.Tests.Provisioning;

public sealed class EnrollmentTests
{
    private static readonly Instant Now = new(1_772_445_600_000);
    private static readonly FrozenDictionary<string, DeviceModel> Models = new[] { "washer", "dryer" }.ToFrozenDictionary(
        id => id,
        id => DeviceModelReader.Read(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","name":"{{id}}","metrics":{},"rules":[]}""")).Model!
    );

    [Fact]
    public void Terms_are_read_with_their_defaults()
    {
        Enrollment terms = Read("""{"model":"washer"}""").Value!;

        Assert.Equal(("washers", "washers", 60), (terms.Id, terms.Name, terms.RatePerMinute));
        Assert.Equal(["washer"], terms.Models);
        Assert.Null(terms.SiteId ?? terms.IdPattern ?? terms.CertificateAuthority);
        Assert.True(terms is { MaxDevices: null, ExpiresAt: null });
    }

    [Fact]
    public void Terms_are_read_whole()
    {
        Enrollment terms = Read(
            """
            {"id":"washers","name":"Line 7","models":["washer","dryer"],"siteId":"baku","maxDevices":10,"expiresAt":"2026-12-01T00:00:00Z","ratePerMinute":5,"idPattern":"w-*"}
            """
        ).Value!;

        Assert.Equal(("Line 7", "baku", 10, 5, "w-*"), (terms.Name, terms.SiteId, terms.MaxDevices, terms.RatePerMinute, terms.IdPattern));
        Assert.Equal(["washer", "dryer"], terms.Models);
        Assert.Equal("2026-12-01T00:00:00.000Z", terms.ExpiresAt.ToString());
    }

    [Theory]
    [InlineData("{}", "/models")]
    [InlineData("""{"models":[]}""", "/models")]
    [InlineData("""{"models":["washer","nobody"]}""", "/models")]
    [InlineData("""{"model":"nobody"}""", "/model")]
    [InlineData("""{"model":"washer","models":["dryer"]}""", "/model")]
    [InlineData("""{"model":"washer","maxDevices":0}""", "/maxDevices")]
    [InlineData("""{"model":"washer","ratePerMinute":0}""", "/ratePerMinute")]
    [InlineData("""{"model":"washer","idPattern":"[a-z]+"}""", "/idPattern")]
    [InlineData("""{"model":"washer","siteId":"not an id"}""", "/siteId")]
    [InlineData("""{"model":"washer","certificateAuthority":"nonsense"}""", "/certificateAuthority")]
    [InlineData("""{"model":"washer","expiresAt":"soon"}""", "/expiresAt")]
    [InlineData("""{"model":"washer","key":"mine"}""", "/key")]
    [InlineData("""{"model":"washer","id":"other"}""", "/id")]
    [InlineData("[]", "")]
    public void Each_mistake_is_named(string json, string pointer) => Assert.Equal(pointer, Assert.Single(Read(json).Mistakes).Pointer);

    [Theory]
    [InlineData("w-1", "washer", null)]
    [InlineData("w-1", "dryer", RegistrationOutcome.UnknownModel)]
    [InlineData("x-1", "washer", RegistrationOutcome.IdNotAllowed)]
    public void A_device_is_judged_by_the_terms(string id, string model, RegistrationOutcome? refused) =>
        Assert.Equal(refused, (Terms with { IdPattern = "w-*" }).Judge(id, model, Now, Known)?.Outcome);

    [Fact]
    public void A_model_that_is_gone_meanwhile_is_unknown() =>
        Assert.Equal("/model", Terms.Judge("w-1", "washer", Now, Catalog.Empty)?.Pointer);

    [Fact]
    public void Terms_end_at_their_time()
    {
        Assert.Null((Terms with { ExpiresAt = Now + TimeSpan.FromMilliseconds(1) }).Judge("w-1", "washer", Now, Known));
        Assert.Equal(RegistrationOutcome.EnrollmentExpired, (Terms with { ExpiresAt = Now }).Judge("w-1", "washer", Now, Known)?.Outcome);
    }

    [Theory]
    [InlineData("w-*", "w-7", true)]
    [InlineData("w-*", "w-", true)]
    [InlineData("w-*", "W-7", false)]
    [InlineData("w-??", "w-07", true)]
    [InlineData("w-??", "w-7", false)]
    [InlineData("*-eu-*", "w-eu-7", true)]
    [InlineData("w.7", "w-7", false)]
    public void A_pattern_knows_two_signs(string pattern, string id, bool matches) => Assert.Equal(matches, IdPattern.Matches(pattern, id));

    private static Enrollment Terms { get; } =
        new()
        {
            Id = "washers",
            Name = "Washers",
            Models = ["washer"],
        };

    private static Catalog Known { get; } = Catalog.Empty with { Models = Models };

    private static DocumentReading<Enrollment> Read(string json) =>
        EnrollmentReader.Read("washers", JsonDocument.Parse(json).RootElement, Models);
}
