namespace OmniIoT.Host;

internal static class Usage
{
    public const string Text = """
        OmniIoT: devices, the people who own them, and the places they visit, in one process.

        usage: OmniIoT.Host [--demo] [--help] [--OmniIoT:<setting>=<value> …]

          --demo    also start simulated products and shoppers against it, and fill in stores, campaigns, customers and agents
          --help    show this

        Settings come from appsettings.json, environment variables (OmniIoT__Mqtt__Port=1883) and the command line
        (--OmniIoT:Mqtt:Port=1883); the later wins.

          OmniIoT:Data:Directory        data           embedded storage; created when missing; belongs to one process
          OmniIoT:Data:KeyFile          secrets.key    key that seals kept secrets of devices; created when missing, in the data directory
          OmniIoT:Http:Port             5080           0 picks a free port
          OmniIoT:Mqtt:Port             1883           0 picks a free port
          OmniIoT:Mqtt:TlsPort          unset          MQTT over TLS when set
          OmniIoT:Mqtt:Certificate      unset          PEM file for it
          OmniIoT:Mqtt:CertificateKey   unset          PEM file of its key, when it is not in the certificate's
          OmniIoT:Mqtt:ClientAuthorities unset         PEM file of authorities; a certificate of theirs signs in the device it names
          OmniIoT:Mqtt:ProxyProtocol    false          MQTT connections come through a load balancer that speaks PROXY protocol 2
          OmniIoT:Mqtt:AllowAnonymous   false          laboratory mode: no credentials, any topic, a plain broker
          OmniIoT:Bind                  127.0.0.1      address to listen on; any but loopback needs OmniIoT:Api:Key
          OmniIoT:Api:Key               generated      key with full rights; a generated one is printed once
          OmniIoT:Offers:QuietHours     21:00-09:00    no offers then, in the customer's time zone; empty for none
          OmniIoT:Offers:MaxPerDay      3              offers to one customer within 24 hours, over all campaigns
          OmniIoT:Offers:StaleAfter     15m            what happened longer ago makes no offer
          OmniIoT:Visits:ExitAfter      60s            a visit ends after so long outside
          OmniIoT:Visits:SilentAfter    4h             a visit ends at its last fix inside when none came for so long
          OmniIoT:Visits:MaxSpeed       90             m/s; a position that only something faster reaches needs a second one to count
          OmniIoT:Sparkplug:HostId      omniiot        what the host calls itself in its STATE topics
          OmniIoT:Sparkplug:AutoRegister true          registers devices behind edge nodes at their birth
          OmniIoT:Sparkplug:DevicesPerNode 1000        the births of more behind one node are refused
          OmniIoT:Sparkplug:ReorderWait 2s             how late a missing sequence number may be, before a rebirth is asked for
          OmniIoT:Telemetry:Retention   400d           how long readings are kept
          OmniIoT:Tracing:Endpoint      unset          OTLP collector of traces, as http://127.0.0.1:4318; OpenTelemetry's variables
                                                       hold, too: OTEL_EXPORTER_OTLP_HEADERS, OTEL_TRACES_SAMPLER, …
          OmniIoT:Telemetry:Influx:Url  unset          telemetry goes to this InfluxDB (1.8, 2 or 3) when set
          OmniIoT:Telemetry:Influx:Token unset         what it asks for; user:password for 1.8
          OmniIoT:Telemetry:Influx:Org  unset          organization, for InfluxDB 2
          OmniIoT:Telemetry:Influx:Bucket unset        bucket, or database; needed with the address

        Settings of a cluster: the same program as several processes on one PostgreSQL database

          OmniIoT:Cluster:Postgres      unset          connection string; set: the process joins the cluster of that database
          OmniIoT:Cluster:Key           unset          32 bytes in base64, the same for all: seals secrets; needed in a cluster
          OmniIoT:Cluster:Id            omniiot        several clusters may share a database
          OmniIoT:Cluster:SiloPort      11111          where the other processes reach this one; 0 picks a free port
          OmniIoT:Cluster:Advertise     unset          the address that they reach it by; that of OmniIoT:Bind when unset
          OmniIoT:Cluster:MaxConnections 20            connections to the database of this process
          OmniIoT:Cluster:Dashboard     false          Orleans' dashboard at /orleans, for administrators; without a cluster as well;
                                                       docs/operate.md says what it costs

        Limits of MQTT, below OmniIoT:Mqtt:Limits: (laboratory mode has wider ones)

          Connections                   100000         in all; more are closed at once
          ConnectionsPerAddress         1000           of one address; more are closed at once
          ConnectTime                   10s            from a connection to its CONNECT
          PacketBytes                   1048576        the largest packet of a client
          Subscriptions                 100            of one session; more are refused
          Retained                      1000           messages of one device or customer
          TopicLevels                   32             of a topic or filter; deeper ones are refused
          QueuedMessages                1000           that wait for one session; more are dropped and counted
          QueuedBytes                   4194304        that wait for one session
          QueuedBytesInAll              536870912      that wait for all sessions
          MessagesPerSecond             50000          of one device or customer; what is more is read later
          SessionExpiry                 7d             a session is kept at most so long without a connection
          BadSignIns                    10             of one address before it is closed
          BadSignInPause                60s            for so long
          Loopback                      false          whether limits per address hold for this machine itself
        """;
}
