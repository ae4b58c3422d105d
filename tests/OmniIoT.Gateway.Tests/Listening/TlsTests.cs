using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Domain;
using OmniIoT.Gateway.Listening;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Tests.Clients;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Security;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Listening;

public sealed class TlsTests : IDisposable
{
    private const string Publisher = "/usr/bin/mosquitto_pub";

    private readonly TestAuthority _authority = new();
    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Theory, InlineData("mqttv311"), InlineData("mqttv5")]
    public async Task A_certificate_of_an_authority_signs_its_device_in(string version)
    {
        ExternalProgram.Require(Publisher, "mosquitto-clients");
        await using GatewayHost host = await StartAsync();

        await ExternalProgram.RunAsync(Publisher, Arguments(host, version, Write(_authority.Issue("press-7"), "device")));

        Assert.Equal(EntityId.Device("press-7"), Assert.Single(host.Ingress.Messages).Principal);
    }

    [Fact]
    public async Task A_certificate_whose_thumbprint_is_mapped_signs_in_whoever_issued_it()
    {
        ExternalProgram.Require(Publisher, "mosquitto-clients");
        await using GatewayHost host = await StartAsync();
        using TestAuthority strangers = new();
        X509Certificate2 certificate = strangers.Issue("whoever");
        host.Credentials.Map(certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), EntityId.Device("press-7"));

        await ExternalProgram.RunAsync(Publisher, Arguments(host, "mqttv5", Write(certificate, "device")));

        Assert.Equal(EntityId.Device("press-7"), Assert.Single(host.Ingress.Messages).Principal);
    }

    [Fact]
    public async Task A_secret_signs_in_without_a_certificate()
    {
        ExternalProgram.Require(Publisher, "mosquitto-clients");
        await using GatewayHost host = await StartAsync();

        await ExternalProgram.RunAsync(Publisher, [.. Arguments(host, "mqttv5", null), "-u", "press-7", "-P", "s3cret"]);

        Assert.Equal(EntityId.Device("press-7"), Assert.Single(host.Ingress.Messages).Principal);
    }

    [Theory]
    [InlineData("unknown device", ReasonCode.NotAuthorized)]
    [InlineData("unknown authority", ReasonCode.NotAuthorized)]
    [InlineData("another device's name", ReasonCode.BadUserNameOrPassword)]
    public async Task A_certificate_that_stands_for_no_device_is_refused(string wrong, ReasonCode expected)
    {
        ExternalProgram.Require(Publisher, "mosquitto-clients");
        await using GatewayHost host = await StartAsync();
        using TestAuthority strangers = new();
        X509Certificate2 certificate = wrong switch
        {
            "unknown device" => _authority.Issue("press-99"),
            "unknown authority" => strangers.Issue("press-7"),
            _ => _authority.Issue("press-8"),
        };

        await using RunningProgram publisher = ExternalProgram.Start(
            Publisher,
            [.. Arguments(host, "mqttv5", Write(certificate, "device")), "-u", "press-7"]
        );

        Exception refusal = await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(publisher.OutputAsync);
        Assert.Contains($"ended with {(int)expected}", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(host.Ingress.Messages);
    }

    [Fact]
    public async Task A_renewed_certificate_is_used_without_a_restart_and_a_broken_one_is_not()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await StartAsync(time);
        string first = await ThumbprintAsync(host);

        X509Certificate2 renewed = _authority.Issue("localhost");
        Touch(TestAuthority.Write(renewed, _directory.Path, "server"), minutes: 1);
        time.Advance(TimeSpan.FromSeconds(2));
        string second = await ThumbprintAsync(host);
        await File.WriteAllTextAsync(Path.Combine(_directory.Path, "server.pem"), "no certificate");
        Touch((Path.Combine(_directory.Path, "server.pem"), Path.Combine(_directory.Path, "server.key")), minutes: 2);
        time.Advance(TimeSpan.FromSeconds(2));
        string third = await ThumbprintAsync(host);

        Assert.NotEqual(first, second);
        Assert.Equal((renewed.Thumbprint, renewed.Thumbprint), (second, third));
    }

    [Theory]
    [InlineData(SslProtocols.Tls12, null), InlineData(SslProtocols.Tls13, null)]
    [InlineData(SslProtocols.Tls13, "mqtt")] // As brokers that share a port with HTTP ask for it.
    public async Task Both_versions_of_TLS_are_spoken(SslProtocols version, string? applicationProtocol)
    {
        await using GatewayHost host = await StartAsync();

        using SslStream tls = await HandshakeAsync(host, version, applicationProtocol);

        Assert.Equal(version, tls.SslProtocol);
    }

    private Task<GatewayHost> StartAsync(TimeProvider? time = null)
    {
        (string certificate, string key) = Write(_authority.Issue("localhost"), "server");
        File.WriteAllText(Path.Combine(_directory.Path, "ca.pem"), _authority.Certificate.ExportCertificatePem());
        ServerCertificate server = new(certificate, key, time ?? TimeProvider.System);
        MqttGatewayOptions options = new() { ClientAuthorities = [X509CertificateLoader.LoadCertificate(_authority.Certificate.RawData)] };
        return GatewayHost.StartAsync(options, time: time, listening: listen => listen.UseMqttTls(server));
    }

    private (string Certificate, string Key) Write(X509Certificate2 certificate, string name) =>
        TestAuthority.Write(certificate, _directory.Path, name);

    private string[] Arguments(GatewayHost host, string version, (string Certificate, string Key)? own)
    {
        string[] arguments =
        [
            "-V",
            version,
            "-h",
            "localhost",
            "-p",
            $"{host.Port}",
            "--cafile",
            Path.Combine(_directory.Path, "ca.pem"),
            "-q",
            "1",
            "-i",
            "c1",
            "-t",
            "devices/press-7/telemetry",
            "-m",
            "{\"on\":true}",
        ];
        return own is { } paths ? [.. arguments, "--cert", paths.Certificate, "--key", paths.Key] : arguments;
    }

    private static void Touch((string Certificate, string Key) paths, int minutes)
    {
        DateTime at = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(minutes);
        File.SetLastWriteTimeUtc(paths.Certificate, at);
        File.SetLastWriteTimeUtc(paths.Key, at);
    }

    private static async Task<string> ThumbprintAsync(GatewayHost host)
    {
        using SslStream tls = await HandshakeAsync(host, SslProtocols.None, null);
        return tls.RemoteCertificate!.GetCertHashString(HashAlgorithmName.SHA1);
    }

    private static async Task<SslStream> HandshakeAsync(GatewayHost host, SslProtocols version, string? applicationProtocol)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, host.Port);
        SslStream tls = new(new NetworkStream(socket, ownsSocket: true));
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                EnabledSslProtocols = version,
                ApplicationProtocols = applicationProtocol is null ? null : [new(applicationProtocol)],
                RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost",
            }
        );
        return tls;
    }
}
