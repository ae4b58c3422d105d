using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using OmniIoT.Gateway.Listening;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Security;
using IPNetwork = System.Net.IPNetwork;

namespace OmniIoT.Api.Tests;

/// <summary>How clients reach the API: over TLS, through balancers, and to what is not for everybody.</summary>
public sealed class FrontDoorTests
{
    [Fact]
    public async Task Https_speaks_http_2_and_tells_browsers_to_stay_with_it_for_a_year()
    {
        await using SecureHost secure = await SecureHost.StartAsync();
        using HttpClient client = secure.Client();
        using HttpRequestMessage request = new(HttpMethod.Get, "/healthz")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.Host = "shop.example";

        using HttpResponseMessage answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task Ciphers_that_do_not_authenticate_what_they_encrypt_are_not_spoken()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the system's policy rules.");
        await using SecureHost secure = await SecureHost.StartAsync();

        using HttpClient old = secure.Client(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384);
        using HttpClient current = secure.Client(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384);

        Assert.True((await current.GetAsync("/healthz", TestContext.Current.CancellationToken)).IsSuccessStatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => old.GetAsync("/healthz", TestContext.Current.CancellationToken));
    }

    [Theory, InlineData("/metrics"), InlineData("/openapi/v1.json")]
    public async Task What_is_closed_is_for_administrators(string path)
    {
        RunningHost host = new(settings => settings with { PublicMetrics = false, PublicDescription = false });
        await using (host)
        {
            await host.InitializeAsync();
            await host.PutAsync("agents/tech", """{"role":"technician","password":"correct horse"}""");
            Answer session = await host.PostAsync("session", """{"user":"tech","password":"correct horse"}""");
            using HttpClient nobody = host.ClientWith(null);
            using HttpClient technician = host.ClientWith((string)session.Json!["token"]!);

            Assert.Equal(HttpStatusCode.Unauthorized, (await RunningHost.SendAsync(nobody, HttpMethod.Get, path, null)).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await RunningHost.SendAsync(technician, HttpMethod.Get, path, null)).Status);
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync(path)).Status);
        }
    }

    [Fact]
    public async Task A_trusted_balancer_says_whose_guesses_they_are()
    {
        RunningHost host = new();
        await using (host)
        {
            await host.InitializeAsync();
            for (int i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(host, "192.0.2.1"));

            Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(host, "192.0.2.1"));
            Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(host, "192.0.2.9, 192.0.2.1")); // The last hop is the balancer's word.
            Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(host, "192.0.2.2"));
        }
    }

    [Fact]
    public async Task Nobody_else_chooses_an_address()
    {
        RunningHost host = new(settings => settings with { TrustedProxies = new TrustedProxies([IPNetwork.Parse("192.0.2.0/24")]) });
        await using (host)
        {
            await host.InitializeAsync();
            for (int i = 0; i < 10; i++)
                Assert.Equal(HttpStatusCode.Unauthorized, await GuessAsync(host, $"198.51.100.{i}"));

            Assert.Equal(HttpStatusCode.TooManyRequests, await GuessAsync(host, "198.51.100.77"));
        }
    }

    private static async Task<HttpStatusCode> GuessAsync(RunningHost host, string forwardedFor)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/session")
        {
            Content = new StringContent("""{"user":"admin","password":"guess"}""", System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("X-Forwarded-For", forwardedFor);
        using HttpResponseMessage answer = await host.Http.SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>A host with HTTPS and the authority that its clients trust.</summary>
    private sealed class SecureHost : IAsyncDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly TestAuthority _authority = new();
        private readonly RunningHost _host;

        private SecureHost()
        {
            (string certificate, string key) = TestAuthority.Write(_authority.Issue("localhost"), _directory.Path, "server");
            _host = new RunningHost(settings => settings with { HttpTlsPort = 0, HttpCertificate = certificate, HttpCertificateKey = key });
        }

        public static async Task<SecureHost> StartAsync()
        {
            SecureHost secure = new();
            await secure._host.InitializeAsync();
            return secure;
        }

        public HttpClient Client(TlsCipherSuite? only = null)
        {
            SocketsHttpHandler handler = new();
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.Subject == "CN=localhost";
            if (only is { } suite && OperatingSystem.IsLinux())
            {
                handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12;
                handler.SslOptions.CipherSuitesPolicy = new CipherSuitesPolicy([suite]);
            }
            return new HttpClient(handler) { BaseAddress = new Uri($"https://localhost:{_host.HttpsPort}") };
        }

        public async ValueTask DisposeAsync()
        {
            await _host.DisposeAsync();
            _authority.Dispose();
            _directory.Dispose();
        }
    }
}
