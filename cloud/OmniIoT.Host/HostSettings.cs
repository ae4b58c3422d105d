using System.Net;
using OmniIoT.Api.Access.OpenId;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Places;
using OmniIoT.Gateway.Dialects.Sparkplug;
using OmniIoT.Gateway.Listening;
using OmniIoT.Gateway.Options;
using OmniIoT.LanguageModel;

namespace OmniIoT.Host;

/// <summary>The settings of the process, checked. Keys and defaults are public contract.</summary>
internal sealed record HostSettings
{
    /// <summary><c>OmniIoT:Data:Directory</c>.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary><c>OmniIoT:Data:KeyFile</c>; null: <c>secrets.key</c> in the data directory.</summary>
    public string? KeyFile { get; init; }

    /// <summary><c>OmniIoT:Data:NewKey</c>: a lost key file is replaced instead of stopping the start.</summary>
    public bool AllowsNewKey { get; init; }

    /// <summary><c>OmniIoT:Http:Port</c>; 0 picks a free one.</summary>
    public int HttpPort { get; init; } = 5080;

    /// <summary><c>OmniIoT:Http:TlsPort</c>; null: no HTTPS.</summary>
    public int? HttpTlsPort { get; init; }

    /// <summary><c>OmniIoT:Http:Certificate</c>, a PEM file, perhaps with its chain.</summary>
    public string? HttpCertificate { get; init; }

    /// <summary><c>OmniIoT:Http:CertificateKey</c>, a PEM file; null: the key stands in the certificate's file.</summary>
    public string? HttpCertificateKey { get; init; }

    /// <summary><c>OmniIoT:Http:PublicMetrics</c>: <c>/metrics</c> asks nobody who they are.</summary>
    public bool PublicMetrics { get; init; } = true;

    /// <summary><c>OmniIoT:Http:PublicDescription</c>: <c>/openapi/v1.json</c> asks nobody who they are.</summary>
    public bool PublicDescription { get; init; } = true;

    /// <summary><c>OmniIoT:Mqtt:Port</c>; 0 picks a free one.</summary>
    public int MqttPort { get; init; } = 1883;

    /// <summary><c>OmniIoT:Mqtt:TlsPort</c>; null: no MQTT over TLS.</summary>
    public int? MqttTlsPort { get; init; }

    /// <summary><c>OmniIoT:Mqtt:Certificate</c>, a PEM file, perhaps with its chain.</summary>
    public string? Certificate { get; init; }

    /// <summary><c>OmniIoT:Mqtt:CertificateKey</c>, a PEM file; null: the key stands in the certificate's file.</summary>
    public string? CertificateKey { get; init; }

    /// <summary><c>OmniIoT:Mqtt:ProxyProtocol</c>: MQTT connections come through a load balancer that names their address.</summary>
    public bool ProxyProtocol { get; init; }

    /// <summary>
    /// <c>OmniIoT:Mqtt:Origins</c>: whose pages a browser may connect for over WebSockets; empty: anybody's. Besides them always pages of
    /// the host that is called, and whoever says no origin, as most programs.
    /// </summary>
    public IReadOnlyList<PageOrigin> MqttOrigins { get; init; } = [];

    /// <summary><c>OmniIoT:PublicUrl</c>, without a slash at its end; null: whatever address a call names.</summary>
    public string? PublicUrl { get; init; }

    /// <summary><c>OmniIoT:TrustedProxies</c>: whose PROXY headers and <c>X-Forwarded-For</c> are believed.</summary>
    public TrustedProxies TrustedProxies { get; init; } = TrustedProxies.Loopback;

    /// <summary>
    /// <c>OmniIoT:Mqtt:AllowAnonymous</c> (laboratory mode), <c>OmniIoT:Mqtt:ClientAuthorities</c> and <c>OmniIoT:Mqtt:Limits:…</c>.
    /// </summary>
    public MqttGatewayOptions Mqtt { get; init; } = new();

    /// <summary><c>OmniIoT:Bind</c>.</summary>
    public IPAddress Bind { get; init; } = IPAddress.Loopback;

    /// <summary><c>OmniIoT:Api:Key</c>; null: generated at the first start.</summary>
    public string? ApiKey { get; init; }

    /// <summary><c>OmniIoT:SignIn:Oidc:…</c>; null: people sign in with passwords only.</summary>
    public OidcOptions? Oidc { get; init; }

    /// <summary><c>OmniIoT:Desk:…</c>.</summary>
    public DeskSettings Desk { get; init; } = new();

    /// <summary><c>OmniIoT:Bot:Model:…</c>; null: bots ask no language model.</summary>
    public LanguageModelOptions? LanguageModel { get; init; }

    /// <summary><c>OmniIoT:Webhooks:AllowPrivate</c>: other systems may lie in private networks.</summary>
    public bool AllowsPrivateWebhooks { get; init; }

    /// <summary><c>OmniIoT:Offers:…</c>.</summary>
    public OfferSettings Offers { get; init; } = new();

    /// <summary><c>OmniIoT:Visits:…</c>.</summary>
    public VisitSettings Visits { get; init; } = new();

    /// <summary><c>OmniIoT:Sparkplug:…</c>.</summary>
    public SparkplugOptions Sparkplug { get; init; } = new();

    /// <summary><c>OmniIoT:Cluster:…</c>; null: one process on embedded storage.</summary>
    public ClusterSettings? Cluster { get; init; }

    /// <summary><c>OmniIoT:Cluster:Dashboard</c>: Orleans' dashboard is served, by one process on embedded storage as well.</summary>
    public bool Dashboard { get; init; }

    /// <summary><c>OmniIoT:Telemetry:Influx:…</c>; null: telemetry is where everything else is.</summary>
    public InfluxSettings? Influx { get; init; }

    /// <summary><c>OmniIoT:Telemetry:Retention</c>; null: the store's default.</summary>
    public TimeSpan? TelemetryRetention { get; init; }

    /// <summary><c>OmniIoT:Tracing:Endpoint</c>, else the variable <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; null: nothing is traced.</summary>
    public Uri? TracingEndpoint { get; init; }
}
