using Microsoft.Extensions.Time.Testing;
using OmniIoT.Domain;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Properties;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

public sealed class ConnectTests
{
    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.2.0-1", V5), Statement("MQTT-3.2.0-1", V311), Statement("MQTT-3.12.4-1", V5), Statement("MQTT-3.12.4-1", V311)]
    [Statement("MQTT-4.2-1", V5), Statement("MQTT-7.1.1-1", V311), Statement("MQTT-7.0.0-2", V311)]
    public async Task A_client_connects_pings_and_says_goodbye(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "a");

        await client.SendAsync(new byte[] { 0xC0, 0 });
        await client.ExpectAsync(PacketType.PingResp);
        await client.DisconnectAsync();

        await client.ExpectClosedAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task An_app_signs_in_with_its_token(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        await using WireClient app = await WireClient.ConnectAsync(
            host,
            version,
            "phone",
            with: packet => packet with { UserName = "customer:ann", Password = "t0ken"u8.ToArray() }
        );
        await app.PublishAsync("customers/ann/location", "{}", qos: 1, identifier: 1);

        await app.ExpectAsync(PacketType.PubAck);
        Assert.Equal(EntityId.Customer("ann"), Assert.Single(host.Ingress.Messages).Principal);
    }

    [Theory]
    [InlineData(V311, "press-7", "wrong", ReasonCode.BadUserNameOrPassword)]
    [InlineData(V5, "press-7", "wrong", ReasonCode.BadUserNameOrPassword)]
    [InlineData(V311, "nobody", "s3cret", ReasonCode.BadUserNameOrPassword)]
    [InlineData(V5, "a/b", "s3cret", ReasonCode.BadUserNameOrPassword)]
    [InlineData(V5, "customer:ann", "s3cret", ReasonCode.BadUserNameOrPassword)]
    [InlineData(V311, null, null, ReasonCode.NotAuthorized)]
    [InlineData(V5, null, null, ReasonCode.NotAuthorized)]
    [Statement("MQTT-3.2.2-5", V311), Statement("MQTT-3.2.2-7", V5), Statement("MQTT-3.1.4-2", V5)]
    public async Task Wrong_credentials_are_refused_and_the_connection_closed(
        ProtocolVersion version,
        string? userName,
        string? secret,
        ReasonCode expected
    )
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            version,
            "c",
            with: packet =>
                packet with
                {
                    UserName = userName,
                    Password = secret is null ? default(ReadOnlyMemory<byte>?) : System.Text.Encoding.UTF8.GetBytes(secret),
                }
        );

        Assert.Equal(expected, answer.ReasonCode);
        Assert.False(answer.SessionPresent);
        await client.ExpectClosedAsync();
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_at_once()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient first = await WireClient.DeviceAsync(host, V5, "c1");

        host.Credentials.Set(EntityId.Device("press-7"), "new");
        (WireClient second, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "c2",
            with: packet => packet with { UserName = "press-7", Password = "s3cret"u8.ToArray() }
        );

        Assert.Equal(ReasonCode.BadUserNameOrPassword, answer.ReasonCode);
        await second.ExpectClosedAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.3-8", V311)]
    public async Task An_empty_client_id_without_clean_session_is_refused_in_311()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, V311, "", clean: false);

        Assert.Equal(ReasonCode.ClientIdentifierNotValid, answer.ReasonCode);
        await client.ExpectClosedAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.3-6", V311)]
    public async Task An_empty_client_id_with_clean_session_is_accepted_in_311()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V311, "");
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.3-6", V5), Statement("MQTT-3.2.2-16", V5)]
    public async Task An_empty_client_id_is_assigned_and_told_in_5()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(host, V5, "");

        Assert.False(string.IsNullOrEmpty(answer.Properties.AssignedClientIdentifier));
        await client.DisposeAsync();
    }

    [Fact]
    public async Task The_gateway_announces_its_limits_in_5()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "c",
            with: packet => packet with { UserName = "press-7", Password = "s3cret"u8.ToArray() }
        );

        Assert.Equal(1024u * 1024, answer.Properties.MaximumPacketSize);
        Assert.Equal((ushort)1000, answer.Properties.ReceiveMaximum);
        Assert.Equal((ushort)10, answer.Properties.TopicAliasMaximum);
        Assert.Null(answer.Properties.ServerKeepAliveSeconds);
        await client.DisposeAsync();
    }

    [Theory]
    [InlineData(120, 60)]
    [InlineData(30, null)]
    [InlineData(0, null)]
    [Statement("MQTT-3.1.2-21", V5), Statement("MQTT-3.2.2-21", V5)]
    public async Task A_longer_keep_alive_than_allowed_is_shortened_in_5(int wanted, int? given)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "c",
            with: packet => packet with { KeepAliveSeconds = (ushort)wanted }
        );

        Assert.Equal((ushort?)given, answer.Properties.ServerKeepAliveSeconds);
        await client.DisposeAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.0-2", V5), Statement("MQTT-3.1.0-2", V311)]
    public async Task A_second_CONNECT_ends_the_connection(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, version, "a");

        await client.SendAsync(new ConnectPacket(version, "a").Encode);

        await client.ExpectEndAsync(ReasonCode.ProtocolError);
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.0-1", V5), Statement("MQTT-3.1.0-1", V311)]
    public async Task A_first_packet_other_than_CONNECT_closes_the_connection(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.OpenAsync(host, version);

        await client.PublishAsync("a", "b");

        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(3, 1, V311)]
    [InlineData(6, 0x84, V5)]
    [Statement("MQTT-3.1.2-2", V5), Statement("MQTT-3.1.2-2", V311)]
    public async Task An_unknown_protocol_level_is_refused_with_its_own_code(byte level, byte code, ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.OpenAsync(host, version);

        await client.SendAsync(new byte[] { 0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', level, 2, 0, 0, 0, 1, (byte)'a' });
        Packet answer = await client.ExpectAsync(PacketType.ConnAck);

        Assert.Equal(code, answer.Body[1]);
        await client.ExpectClosedAsync();
    }

    [Fact]
    [Statement("MQTT-3.1.2-3", V311)]
    public async Task A_reserved_connect_flag_closes_the_connection()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.OpenAsync(host, V311);

        await client.SendAsync(new byte[] { 0x10, 13, 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 4, 3, 0, 0, 0, 1, (byte)'a' });

        await client.ExpectClosedAsync();
    }

    [Fact]
    [Statement("MQTT-4.12.0-1", V5)]
    public async Task An_authentication_method_is_refused_with_its_own_code()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();

        (WireClient client, ConnAckPacket answer) = await WireClient.TryConnectAsync(
            host,
            V5,
            "c",
            with: packet => packet with { Properties = new PacketProperties { AuthenticationMethod = "SCRAM" } }
        );

        Assert.Equal(ReasonCode.BadAuthenticationMethod, answer.ReasonCode);
        await client.ExpectClosedAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.4-3", V5), Statement("MQTT-3.1.4-2", V311)]
    public async Task A_second_connection_with_the_same_client_id_ends_the_first(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient first = await WireClient.DeviceAsync(host, version, "same");

        await using WireClient second = await WireClient.DeviceAsync(host, version, "same");

        await first.ExpectEndAsync(ReasonCode.SessionTakenOver);
        await second.ExpectNothingAsync();
    }

    [Fact]
    public async Task Another_principal_cannot_take_a_session_over_by_its_client_id()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient mine = await WireClient.DeviceAsync(host, V5, "same");

        await using WireClient theirs = await WireClient.DeviceAsync(host, V5, "same", device: "press-8");

        await mine.ExpectNothingAsync();
        await theirs.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_connection_without_CONNECT_is_closed_in_time()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.OpenAsync(host, V5);
        await host.ConnectionsAsync(1);

        time.Advance(TimeSpan.FromSeconds(11));

        await client.ExpectClosedAsync();
    }

    [Theory, InlineData(V311), InlineData(V5)]
    [Statement("MQTT-3.1.2-22", V5), Statement("MQTT-3.1.2-24", V311)]
    [Statement("MQTT-3.2.2-22", V5)]
    public async Task Silence_of_one_and_a_half_keep_alives_ends_the_connection(ProtocolVersion version)
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.ConnectAsync(
            host,
            version,
            "c",
            with: packet => packet with { KeepAliveSeconds = 10 }
        );

        time.Advance(TimeSpan.FromSeconds(15));
        await host.BeatAsync();
        await client.ExpectNothingAsync();
        time.Advance(TimeSpan.FromSeconds(16));

        await client.ExpectEndAsync(ReasonCode.KeepAliveTimeout);
    }

    [Fact]
    public async Task A_keep_alive_of_zero_never_ends_a_connection()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.ConnectAsync(host, V311, "c");

        time.Advance(TimeSpan.FromDays(3));
        await host.BeatAsync();

        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task Clients_are_told_when_the_gateway_stops()
    {
        GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");

        Task stopped = host.DisposeAsync().AsTask();

        await client.ExpectEndAsync(ReasonCode.ServerShuttingDown);
        await stopped;
    }
}
