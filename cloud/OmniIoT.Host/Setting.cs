namespace OmniIoT.Host;

/// <summary>A setting, as its help tells it.</summary>
/// <param name="Name">Its key below <c>OmniIoT:</c>.</param>
/// <param name="Default">What holds while it is not set, as it would be written.</param>
/// <param name="Meaning">One line.</param>
internal sealed record Setting(string Name, string Default, string Meaning)
{
    public const string Root = "OmniIoT";

    private const string Unset = "unset";

    public string Key => $"{Root}:{Name}";

    /// <summary>All that there are: what is not here cannot be read, and what is here is read.</summary>
    public static IReadOnlyList<Setting> All { get; } =
    [
        new("Data:Directory", "data", "embedded storage; created when missing; belongs to one process"),
        new("Data:KeyFile", "secrets.key", "key that seals kept secrets; created with the database, in the data directory"),
        new("Data:NewKey", "false", "true: a lost key file is replaced; nothing opens that was sealed before"),
        new("Http:Port", "5080", "0 picks a free port"),
        new("Http:TlsPort", Unset, "HTTPS when set"),
        new("Http:Certificate", Unset, "PEM file for it; a renewed one is used without a restart"),
        new("Http:CertificateKey", Unset, "PEM file of its key, when it is not in the certificate's"),
        new("Http:PublicMetrics", "true", "false: /metrics is for administrators and the API key"),
        new("Http:PublicDescription", "true", "false: /openapi/v1.json is for administrators and the API key"),
        new("Mqtt:Port", "1883", "0 picks a free port"),
        new("Mqtt:TlsPort", Unset, "MQTT over TLS when set"),
        new("Mqtt:Certificate", Unset, "PEM file for it"),
        new("Mqtt:CertificateKey", Unset, "PEM file of its key, when it is not in the certificate's"),
        new("Mqtt:ClientAuthorities", Unset, "PEM file of authorities; a certificate of theirs signs in the device it names"),
        new("Mqtt:ProxyProtocol", "false", "MQTT connections come through a load balancer that speaks PROXY protocol 2"),
        new(
            "Mqtt:Origins",
            Unset,
            "the only pages besides its own that may speak MQTT over WebSockets, as https://app.example,https://shop.example"
        ),
        new("Mqtt:AllowAnonymous", "false", "laboratory mode: no credentials, any topic, a plain broker, wider limits"),
        new("Bind", "127.0.0.1", "address to listen on; any but loopback needs OmniIoT:Api:Key"),
        new("PublicUrl", Unset, "the address that the world knows the host by, as https://iot.example; providers sign and call it"),
        new("TrustedProxies", "127.0.0.0/8,::1", "load balancers, by address or network: their word on a client's address is believed"),
        new("Api:Key", "generated", "key with full rights; a generated one is printed once; 128 bits at least off loopback"),
        new("SignIn:Oidc:Authority", Unset, "provider of OpenID Connect that people sign in by when set, as https://id.example"),
        new("SignIn:Oidc:ClientId", Unset, "what it knows this platform by"),
        new("SignIn:Oidc:ClientSecret", Unset, "and by what it proves to be that"),
        new("SignIn:Oidc:RoleClaim", "roles", "the claim that roles are found by"),
        new("SignIn:Oidc:Roles", Unset, "the role by the claim's value, as staff=agent,bosses=supervisor; the first that holds"),
        new("SignIn:Oidc:DefaultRole", Unset, "the role of whoever has none of these; unset: they do not get in"),
        new("Desk:AnswerWithin", "90s", "who got a case or a conversation by routing and is silent for so long gives it back"),
        new("Desk:ReopenWithin", "72h", "a closed conversation opens again when its customer writes within it; later a new one begins"),
        new("Desk:TellsKnown", "true", "who writes while their device has an unresolved case is told at once that it is known"),
        new("Bot:Model:Endpoint", Unset, "bots ask this language model what they do not know, as https://models.example/v1; OpenAI's API"),
        new("Bot:Model:Name", Unset, "which of its models"),
        new("Bot:Model:Key", Unset, "the key that it asks for"),
        new("Bot:Model:Timeout", "10s", "who asks waits so long and is then answered without it; 1s to 60s"),
        new("Webhooks:AllowPrivate", "false", "webhooks and integrations may lead into private networks and to this machine"),
        new("Offers:QuietHours", "21:00-09:00", "no offers then, in the customer's time zone; empty for none"),
        new("Offers:MaxPerDay", "3", "offers to one customer within 24 hours, over all campaigns"),
        new("Offers:StaleAfter", "15m", "what happened longer ago makes no offer"),
        new("Visits:ExitAfter", "60s", "a visit ends after so long outside"),
        new("Visits:SilentAfter", "4h", "a visit ends at its last fix inside when none came for so long"),
        new("Visits:MaxSpeed", "90", "m/s; a position that only something faster reaches needs a second one to count"),
        new("Sparkplug:HostId", "omniiot", "what the host calls itself in its STATE topics"),
        new("Sparkplug:AutoRegister", "true", "registers devices behind edge nodes at their birth"),
        new("Sparkplug:DevicesPerNode", "1000", "the births of more behind one node are refused"),
        new("Sparkplug:ReorderWait", "2s", "how late a missing sequence number may be, before a rebirth is asked for"),
        new("Telemetry:Retention", "400d", "how long readings are kept"),
        new("Telemetry:Influx:Url", Unset, "telemetry goes to this InfluxDB (1.8, 2 or 3) when set"),
        new("Telemetry:Influx:Token", Unset, "what it asks for; user:password for 1.8"),
        new("Telemetry:Influx:Org", Unset, "organization, for InfluxDB 2"),
        new("Telemetry:Influx:Bucket", Unset, "bucket, or database; needed with the address"),
        new("Tracing:Endpoint", Unset, "OTLP collector of traces, as http://127.0.0.1:4318; OpenTelemetry's own variables hold, too"),
        new("Cluster:Postgres", Unset, "connection string; set: the process joins the cluster of that database"),
        new("Cluster:Key", Unset, "32 bytes in base64, the same for all: seals secrets; needed in a cluster"),
        new("Cluster:Id", "omniiot", "several clusters may share a database"),
        new("Cluster:SiloPort", "11111", "where the other processes reach this one; 0 picks a free port"),
        new("Cluster:Advertise", Unset, "the address that they reach it by; that of OmniIoT:Bind when unset"),
        new("Cluster:MaxConnections", "20", "connections to the database of this process"),
        new("Cluster:Dashboard", "false", "Orleans' dashboard at /orleans, for administrators; without a cluster as well"),
        new("Mqtt:Limits:Connections", "100000", "in all; more are closed at once"),
        new("Mqtt:Limits:ConnectionsPerAddress", "1000", "of one address; more are closed at once"),
        new("Mqtt:Limits:ConnectTime", "10s", "from a connection to its CONNECT"),
        new("Mqtt:Limits:PacketBytes", "1048576", "the largest packet of a client"),
        new("Mqtt:Limits:Subscriptions", "100", "of one session; more are refused"),
        new("Mqtt:Limits:Retained", "1000", "messages of one device or customer"),
        new("Mqtt:Limits:TopicLevels", "32", "of a topic or filter; deeper ones are refused"),
        new("Mqtt:Limits:QueuedMessages", "1000", "that wait for one session; more are dropped and counted"),
        new("Mqtt:Limits:QueuedBytes", "4194304", "that wait for one session"),
        new("Mqtt:Limits:QueuedBytesInAll", "536870912", "that wait for all sessions"),
        new("Mqtt:Limits:MessagesPerSecond", "50000", "of one device or customer; what is more is read later"),
        new("Mqtt:Limits:SessionExpiry", "7d", "a session is kept at most so long without a connection"),
        new("Mqtt:Limits:BadSignIns", "10", "of one address for one name before it is closed to it; ten times as many for all names"),
        new("Mqtt:Limits:BadSignInPause", "60s", "for so long"),
        new("Mqtt:Limits:Loopback", "false", "whether limits per address hold for this machine itself"),
    ];
}
