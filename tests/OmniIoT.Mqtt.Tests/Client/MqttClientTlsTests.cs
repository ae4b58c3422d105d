using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Mqtt.Tests.Client;

public sealed class MqttClientTlsTests
{
    private const int Rounds = 300;

    private const string Configuration = """
        cafile $DIR/ca.pem
        certfile $DIR/server.pem
        keyfile $DIR/server.key
        require_certificate true
        use_identity_as_username true
        """;

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V5)]
    public async Task A_private_authority_and_a_client_certificate_secure_the_connection(ProtocolVersion version)
    {
        using Certificates certificates = new();
        await using MosquittoBroker broker = await StartAsync(certificates);
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, version, "secure") with
            {
                Tls = new MqttTlsOptions
                {
                    TargetHost = "localhost",
                    CertificateAuthorities = [certificates.Authority],
                    ClientCertificate = certificates.Client,
                },
            }
        );
        Inbox inbox = new(client);

        await client.ConnectAsync();
        await client.SubscribeAsync("a", QualityOfService.ExactlyOnce);
        await client.PublishAsync("a", new byte[100_000], QualityOfService.ExactlyOnce);

        Assert.Equal(100_000, (await inbox.NextAsync("the large message")).Payload.Length);
        await client.DisconnectAsync();
        Assert.False(client.IsConnected);
    }

    // A broker that hears the farewell ends the session at once, in the very moment in which the client ends its direction.
    [Fact]
    public async Task Leaving_never_fails_however_soon_the_broker_ends_the_session()
    {
        using Certificates certificates = new();
        await using MosquittoBroker broker = await StartAsync(certificates);
        for (int round = 0; round < Rounds; round++)
        {
            await using MqttClient client = Clients.Create(
                Clients.Options(broker, ProtocolVersion.V5, "leaving") with
                {
                    Tls = new MqttTlsOptions
                    {
                        TargetHost = "localhost",
                        CertificateAuthorities = [certificates.Authority],
                        ClientCertificate = certificates.Client,
                    },
                }
            );
            await client.ConnectAsync();
            await client.DisconnectAsync();
            Assert.False(client.IsConnected);
        }
    }

    [Fact]
    public async Task A_server_of_an_unknown_authority_is_refused()
    {
        using Certificates certificates = new();
        using Certificates others = new();
        await using MosquittoBroker broker = await StartAsync(certificates);
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, ProtocolVersion.V5, "wary") with
            {
                Tls = new MqttTlsOptions
                {
                    TargetHost = "localhost",
                    CertificateAuthorities = [others.Authority],
                    ClientCertificate = certificates.Client,
                },
            }
        );

        MqttClientException refusal = await Assert.ThrowsAsync<MqttClientException>(() => client.ConnectAsync());

        Assert.IsType<AuthenticationException>(refusal.InnerException);
    }

    [Fact]
    public async Task A_server_of_another_name_is_refused()
    {
        using Certificates certificates = new();
        await using MosquittoBroker broker = await StartAsync(certificates);
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, ProtocolVersion.V5, "wary") with
            {
                Tls = new MqttTlsOptions
                {
                    TargetHost = "example.org",
                    CertificateAuthorities = [certificates.Authority],
                    ClientCertificate = certificates.Client,
                },
            }
        );

        MqttClientException refusal = await Assert.ThrowsAsync<MqttClientException>(() => client.ConnectAsync());

        Assert.IsType<AuthenticationException>(refusal.InnerException);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pin_trusts_the_one_certificate_or_key_whatever_its_authority_and_name(bool isOfKey)
    {
        using Certificates certificates = new();
        await using MosquittoBroker broker = await StartAsync(certificates);
        byte[] pinned = isOfKey ? certificates.Server.PublicKey.ExportSubjectPublicKeyInfo() : certificates.Server.RawData;
        await using MqttClient client = Pinned(broker, certificates, SHA256.HashData(pinned));

        await client.ConnectAsync();

        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task A_server_that_is_not_the_pinned_one_is_refused_though_its_authority_is_right()
    {
        using Certificates certificates = new();
        await using MosquittoBroker broker = await StartAsync(certificates);
        await using MqttClient client = Pinned(broker, certificates, SHA256.HashData(certificates.Client.RawData));

        MqttClientException refusal = await Assert.ThrowsAsync<MqttClientException>(() => client.ConnectAsync());

        Assert.IsType<AuthenticationException>(refusal.InnerException);
    }

    private static MqttClient Pinned(MosquittoBroker broker, Certificates certificates, byte[] pin) =>
        Clients.Create(
            Clients.Options(broker, ProtocolVersion.V5, "pinned") with
            {
                Tls = new MqttTlsOptions { Pin = pin, ClientCertificate = certificates.Client },
            }
        );

    private static Task<MosquittoBroker> StartAsync(Certificates certificates) =>
        MosquittoBroker.StartAsync(
            Configuration,
            files: new Dictionary<string, string>
            {
                ["ca.pem"] = certificates.Authority.ExportCertificatePem(),
                ["server.pem"] = certificates.Server.ExportCertificatePem(),
                ["server.key"] = TestAuthority.KeyPem(certificates.Server),
            }
        );

    private sealed class Certificates : IDisposable
    {
        private readonly TestAuthority _authority = new();

        public Certificates() => (Server, Client) = (_authority.Issue("localhost"), _authority.Issue("device-1"));

        public X509Certificate2 Authority => _authority.Certificate;

        public X509Certificate2 Server { get; }

        public X509Certificate2 Client { get; }

        public void Dispose() => _authority.Dispose();
    }
}
