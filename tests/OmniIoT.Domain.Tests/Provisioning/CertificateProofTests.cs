using System.Security.Cryptography;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Provisioning;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Domain.Tests.Provisioning;

public sealed class CertificateProofTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 5, 0, 0, TimeSpan.Zero);

    private readonly FleetAuthority _root = FleetAuthority.Root(Now);

    private static string Timestamp => Instant.FromTime(Now).ToString();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_certificate_of_the_fleet_with_its_key_is_taken()
    {
        DeviceIdentity device = _root.Issue("press-7");

        Assert.Equal(new ProofResult(device.Thumbprint, null), Verify(device.Prove("press-7", "presses", Timestamp)));
    }

    [Fact]
    public void What_stands_between_device_and_root_is_sent_along()
    {
        using FleetAuthority line = _root.Intermediate();
        DeviceIdentity device = line.Issue("press-7");
        CertificateProof proof = device.Prove("press-7", "presses", Timestamp);

        Assert.Equal(device.Thumbprint, Verify(proof).Thumbprint);
        string alone = proof.Chain[..(proof.Chain.IndexOf("-----END", StringComparison.Ordinal) + "-----END CERTIFICATE-----".Length)];
        Assert.Contains("not chained", Verify(proof with { Chain = alone }).Mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_signature_of_RSA_has_either_padding(bool oldPadding)
    {
        using RSA key = RSA.Create(2048);

        Assert.Null(Verify(_root.Issue("press-7", key).Prove("press-7", "presses", Timestamp, oldPadding)).Mistake);
    }

    [Fact]
    public void A_signature_of_ECDSA_has_either_form() =>
        Assert.Null(Verify(_root.Issue("press-7").Prove("press-7", "presses", Timestamp, asDer: false)).Mistake);

    [Fact]
    public void A_short_key_of_RSA_is_refused()
    {
        using RSA key = RSA.Create(1024);

        Assert.NotNull(Verify(_root.Issue("press-7", key).Prove("press-7", "presses", Timestamp)).Mistake);
    }

    [Fact]
    public void A_certificate_of_another_authority_is_refused_even_one_of_the_same_name()
    {
        using FleetAuthority other = FleetAuthority.Root(Now);

        Assert.Contains(
            "not chained",
            Verify(other.Issue("press-7").Prove("press-7", "presses", Timestamp)).Mistake,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_certificate_that_another_device_issued_is_refused()
    {
        using FleetAuthority device = _root.Intermediate("press-6", isAuthority: false);

        Assert.Contains(
            "not chained",
            Verify(device.Issue("press-7").Prove("press-7", "presses", Timestamp)).Mistake,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData(-20, -1)]
    [InlineData(1, 20)]
    public void A_certificate_is_good_between_its_dates_only(int fromHours, int toHours)
    {
        DeviceIdentity device = _root.Issue("press-7", notBefore: Now.AddHours(fromHours), notAfter: Now.AddHours(toHours));

        Assert.Contains("not chained", Verify(device.Prove("press-7", "presses", Timestamp)).Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_for_servers_is_refused()
    {
        DeviceIdentity device = _root.Issue("press-7", usage: new Oid("1.3.6.1.5.5.7.3.1"));

        Assert.Contains("not chained", Verify(device.Prove("press-7", "presses", Timestamp)).Mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void The_common_name_must_be_the_device()
    {
        Assert.Contains(
            "common name",
            Verify(_root.Issue("press-8").Prove("press-7", "presses", Timestamp)).Mistake,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "common name",
            Verify(_root.Issue("press-7,CN=press-8").Prove("press-7", "presses", Timestamp)).Mistake,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("press-8", "presses")]
    [InlineData("press-7", "washers")]
    public void A_signature_over_something_else_is_refused(string deviceId, string enrollmentId)
    {
        CertificateProof proof = _root.Issue("press-7").Prove(deviceId, enrollmentId, Timestamp);

        Assert.Contains("signature", Verify(proof).Mistake, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-301, false)]
    [InlineData(-300, true)]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public void The_clock_may_be_five_minutes_off(int seconds, bool good)
    {
        string timestamp = Instant
            .FromTime(Now.AddSeconds(seconds))
            .UnixMilliseconds.ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(good, Verify(_root.Issue("press-7").Prove("press-7", "presses", timestamp)).Mistake is null);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("no PEM", "AAAA")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", "AAAA")]
    public void Nonsense_is_refused(string chain, string signature) =>
        Assert.NotNull(Verify(new CertificateProof(chain, Timestamp, signature)).Mistake);

    [Theory]
    [InlineData("%")]
    [InlineData("AAAA")]
    public void A_signature_that_is_none_is_refused(string signature) =>
        Assert.Contains(
            "signature",
            Verify(_root.Issue("press-7").Prove("press-7", "presses", Timestamp) with { Signature = signature }).Mistake,
            StringComparison.Ordinal
        );

    [Fact]
    public void Roots_are_authorities_that_signed_themselves()
    {
        using FleetAuthority line = _root.Intermediate();

        Assert.Null(CertificateAuthority.FindMistake(_root.Pem));
        Assert.Contains("no root", CertificateAuthority.FindMistake(line.Pem), StringComparison.Ordinal);
        Assert.Contains(
            "no certificate authority",
            CertificateAuthority.FindMistake(_root.Issue("press-7").Chain),
            StringComparison.Ordinal
        );
        Assert.Contains("PEM", CertificateAuthority.FindMistake("nonsense"), StringComparison.Ordinal);
    }

    private ProofResult Verify(CertificateProof proof) => proof.Verify(_root.Pem, "press-7", "presses", Instant.FromTime(Now));
}
