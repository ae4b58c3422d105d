using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Mqtt.Tests.Client;

public sealed class MqttClientOptionsTests
{
    [Fact]
    public void The_defaults_are_these()
    {
        MqttClientOptions options = new MqttClientOptions { Host = "h" };

        Assert.Equal(
            (1883, ProtocolVersion.V5, true, true, true),
            (options.Port, options.Version, options.CleanStart, options.Reconnect, options.AcknowledgeAutomatically)
        );
        Assert.Equal(
            (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)),
            (options.KeepAlive, options.ConnectTimeout, options.ReconnectDelay, options.MaximumReconnectDelay)
        );
        Assert.Equal(TimeSpan.FromSeconds(3), options.DisconnectTimeout);
        Assert.Equal(
            (1000, (ushort)1000, 1 << 20, 1 << 20),
            (options.MaximumInFlight, options.ReceiveMaximum, options.MaximumPacketSize, options.MaximumUnsentBytes)
        );
    }

    [Fact]
    public void A_wrong_value_is_named_with_what_is_allowed()
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() =>
            Create(new MqttClientOptions { Host = "h", MaximumInFlight = 65_001 })
        );

        Assert.StartsWith("MaximumInFlight must be 1 to 65000.", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Create(new MqttClientOptions { Host = "h", KeepAlive = TimeSpan.FromDays(1) }));
        Assert.Throws<ArgumentException>(() => Create(new MqttClientOptions { Host = "" }));
    }

    [Fact]
    public void Credentials_stay_out_of_the_text()
    {
        MqttClientOptions options = new MqttClientOptions
        {
            Host = "h",
            ClientId = "c",
            UserName = "user",
            Password = Clients.Text("secret"),
        };

        Assert.Equal("c@h:1883 V5", options.ToString());
        Assert.DoesNotContain("secret", options.ToConnectPacket(true).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_first_connection_of_a_client_starts_clean_in_5()
    {
        MqttClientOptions options = new MqttClientOptions { Host = "h" };

        Assert.True(options.ToConnectPacket(isFirstConnection: true).CleanStart);
        Assert.False(options.ToConnectPacket(isFirstConnection: false).CleanStart);
        Assert.True((options with { Version = ProtocolVersion.V311 }).ToConnectPacket(isFirstConnection: false).CleanStart);
    }

    private static MqttClient Create(MqttClientOptions options) => new(options, TimeProvider.System, new Random(1));
}
