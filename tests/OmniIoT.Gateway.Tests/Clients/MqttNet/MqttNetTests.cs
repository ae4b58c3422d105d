using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using OmniIoT.Domain;
using OmniIoT.Gateway.Listening;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Security;

namespace OmniIoT.Gateway.Tests.Clients.MqttNet;

/// <summary>MQTTnet against the gateway: a client in .NET that others wrote.</summary>
public sealed class MqttNetTests
{
    public static TheoryData<MqttProtocolVersion> Versions => [MqttProtocolVersion.V311, MqttProtocolVersion.V500];

    [Theory, MemberData(nameof(Versions))]
    public async Task Messages_of_every_QoS_arrive_with_it(MqttProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        using MqttNetPeer subscriber = await MqttNetPeer.ConnectAsync(host, version, "s");
        using MqttNetPeer publisher = await MqttNetPeer.ConnectAsync(host, version, "p");
        await subscriber.SubscribeAsync("t/#", qos: 2);

        for (int qos = 0; qos <= 2; qos++)
            await publisher.PublishAsync($"t/{qos}", $"m{qos}", qos);

        for (int qos = 0; qos <= 2; qos++)
            Assert.Equal(new Arrived($"t/{qos}", $"m{qos}", qos, Retain: false), await subscriber.ReceiveAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_retained_message_is_there_for_who_comes_later_until_it_is_cleared(MqttProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        using MqttNetPeer publisher = await MqttNetPeer.ConnectAsync(host, version, "p");
        await publisher.PublishAsync("kept", "old", qos: 1, retain: true);

        using MqttNetPeer early = await MqttNetPeer.ConnectAsync(host, version, "early");
        await early.SubscribeAsync("kept", qos: 1);
        Assert.Equal(new Arrived("kept", "old", 1, Retain: true), await early.ReceiveAsync());

        await publisher.PublishAsync("kept", "", qos: 1, retain: true);
        using MqttNetPeer late = await MqttNetPeer.ConnectAsync(host, version, "late");
        await late.SubscribeAsync("kept", qos: 1);
        await publisher.PublishAsync("kept", "new", qos: 1);
        Assert.Equal(new Arrived("kept", "new", 1, Retain: false), await late.ReceiveAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task The_will_of_a_broken_connection_arrives_and_that_of_a_goodbye_does_not(MqttProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        using MqttNetPeer watcher = await MqttNetPeer.ConnectAsync(host, version, "w");
        await watcher.SubscribeAsync("wills/#", qos: 1);
        using MqttNetPeer polite = await MqttNetPeer.ConnectAsync(host, version, "polite", WithWill("wills/polite"));
        using MqttNetPeer lost = await MqttNetPeer.ConnectAsync(host, version, "lost", WithWill("wills/lost"));

        await polite.DisconnectAsync();
        await host.ConnectionsAsync(2);
        lost.Dispose();

        Assert.Equal(new Arrived("wills/lost", "gone", 1, Retain: false), await watcher.ReceiveAsync());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_kept_session_gets_what_came_meanwhile_in_its_order(MqttProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        using MqttNetPeer subscriber = await MqttNetPeer.ConnectAsync(host, version, "s", it => Keep(it, version));
        await subscriber.SubscribeAsync("t", qos: 2);
        await subscriber.DisconnectAsync();
        using MqttNetPeer publisher = await MqttNetPeer.ConnectAsync(host, version, "p");
        await publisher.PublishAsync("t", "one", qos: 1);
        await publisher.PublishAsync("t", "two", qos: 2);

        await subscriber.TryConnectAsync();

        Assert.True(subscriber.IsSessionPresent);
        Assert.Equal(("one", 1), Short(await subscriber.ReceiveAsync()));
        Assert.Equal(("two", 2), Short(await subscriber.ReceiveAsync()));
    }

    [Fact]
    public async Task Members_of_a_shared_subscription_get_each_message_once()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        using MqttNetPeer first = await MqttNetPeer.ConnectAsync(host, MqttProtocolVersion.V500, "a");
        using MqttNetPeer second = await MqttNetPeer.ConnectAsync(host, MqttProtocolVersion.V500, "b");
        await first.SubscribeAsync("$share/team/t", qos: 1);
        await second.SubscribeAsync("$share/team/t", qos: 1);
        using MqttNetPeer publisher = await MqttNetPeer.ConnectAsync(host, MqttProtocolVersion.V500, "p");

        for (int i = 0; i < 4; i++)
            await publisher.PublishAsync("t", $"m{i}", qos: 1);

        string[] got = [await Next(first), await Next(second), await Next(first), await Next(second)];
        Assert.Equal(["m0", "m1", "m2", "m3"], got.Order());
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_device_over_TLS_is_acknowledged_once_its_message_is_durable(MqttProtocolVersion version)
    {
        using TestAuthority authority = new();
        using TemporaryDirectory directory = new();
        (string certificate, string key) = TestAuthority.Write(authority.Issue("localhost"), directory.Path, "server");
        ServerCertificate server = new(certificate, key, TimeProvider.System);
        await using GatewayHost host = await GatewayHost.StartAsync(listening: listen => listen.UseMqttTls(server));
        using MqttNetPeer device = await MqttNetPeer.ConnectAsync(
            host,
            version,
            "c",
            it =>
                it.WithCredentials("press-7", "s3cret")
                    .WithTlsOptions(tls =>
                        tls.UseTls()
                            .WithTargetHost("localhost")
                            .WithTrustChain([authority.Certificate])
                            .WithRevocationMode(System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck)
                    )
        );

        await device.PublishAsync("devices/press-7/telemetry", """{"t":1}""", qos: 1);

        Assert.Equal(EntityId.Device("press-7"), Assert.Single(host.Ingress.Messages).Principal);
    }

    [Theory, MemberData(nameof(Versions))]
    public async Task A_device_over_a_WebSocket_is_acknowledged_once_its_message_is_durable(MqttProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using MqttNetPeer device = await MqttNetPeer.ConnectAsync(
            host,
            version,
            "c",
            it =>
                it.WithCredentials("press-7", "s3cret")
                    .WithWebSocketServer(socket => socket.WithUri($"ws://127.0.0.1:{host.HttpPort}/mqtt"))
        );

        await device.PublishAsync("devices/press-7/telemetry", """{"t":1}""", qos: 2);

        Assert.Equal(EntityId.Device("press-7"), Assert.Single(host.Ingress.Messages).Principal);
    }

    [Theory]
    [InlineData(MqttProtocolVersion.V311, MqttClientConnectResultCode.BadUserNameOrPassword)]
    [InlineData(MqttProtocolVersion.V500, MqttClientConnectResultCode.BadUserNameOrPassword)]
    public async Task A_wrong_secret_is_refused(MqttProtocolVersion version, MqttClientConnectResultCode expected)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using MqttNetPeer device = MqttNetPeer.Create(host, version, "c", it => it.WithCredentials("press-7", "wrong"));

        Assert.Equal(expected, await device.TryConnectAsync());
    }

    [Fact]
    public async Task A_topic_of_somebody_else_is_refused_with_its_reason()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using MqttNetPeer device = await MqttNetPeer.ConnectAsync(
            host,
            MqttProtocolVersion.V500,
            "c",
            it => it.WithCredentials("press-7", "s3cret")
        );

        Assert.Equal(MqttClientPublishReasonCode.NotAuthorized, await device.PublishAsync("devices/press-8/telemetry", "{}", qos: 1));
    }

    private static Action<MqttClientOptionsBuilder> WithWill(string topic) =>
        options =>
            options.WithWillTopic(topic).WithWillPayload("gone").WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce);

    private static void Keep(MqttClientOptionsBuilder options, MqttProtocolVersion version)
    {
        options.WithCleanStart(false);
        if (version == MqttProtocolVersion.V500)
            options.WithSessionExpiryInterval(3600);
    }

    private static (string Payload, int Qos) Short(Arrived arrived) => (arrived.Payload, arrived.Qos);

    private static async Task<string> Next(MqttNetPeer peer) => (await peer.ReceiveAsync()).Payload;
}
