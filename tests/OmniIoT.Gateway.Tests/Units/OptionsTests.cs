using OmniIoT.Gateway.Options;

namespace OmniIoT.Gateway.Tests.Units;

public sealed class OptionsTests
{
    [Fact]
    public void The_defaults_are_those_of_the_contract()
    {
        MqttGatewayOptions options = new();

        Assert.Empty(options.Validate());
        Assert.False(options.AllowAnonymous);
        Assert.Equal(1024 * 1024, options.MaximumPacketSize);
        Assert.Equal(1000, options.ReceiveMaximum);
        Assert.Equal(10, options.TopicAliasMaximum);
        Assert.Equal(TimeSpan.FromHours(1), options.MaximumKeepAlive);
        Assert.Equal(TimeSpan.FromSeconds(10), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromDays(7), options.MaximumSessionExpiry);
        Assert.Equal((100, 1000, 4 * 1024 * 1024), (options.MaximumInFlight, options.MaximumQueuedMessages, options.MaximumQueuedBytes));
        Assert.Equal((10, TimeSpan.FromSeconds(60), false), (options.BadSignInsPerAddress, options.BadSignInPause, options.LimitsLoopback));
        Assert.Equal(
            (100_000, 1000, 100, 32, 50_000),
            (
                options.MaximumConnections,
                options.MaximumConnectionsPerAddress,
                options.MaximumSubscriptions,
                options.MaximumTopicLevels,
                options.MaximumMessagesPerSecond
            )
        );
        Assert.Equal(512L * 1024 * 1024, options.MaximumQueuedBytesInAll);
        Assert.Equal((256, true), (options.MaximumClientIdLength, options.ExplainsRefusals));
    }

    [Fact]
    public void Laboratory_mode_has_the_limits_that_conformance_suites_expect()
    {
        MqttGatewayOptions options = MqttGatewayOptions.Laboratory;

        Assert.Empty(options.Validate());
        Assert.Equal(
            (true, 2_000_000, 20, 10, TimeSpan.FromSeconds(60)),
            (options.AllowAnonymous, options.MaximumPacketSize, options.ReceiveMaximum, options.TopicAliasMaximum, options.MaximumKeepAlive)
        );
        Assert.Equal(
            (TimeSpan.MaxValue, 65_535, false),
            (options.MaximumSessionExpiry, options.MaximumClientIdLength, options.ExplainsRefusals)
        );
    }

    [Fact]
    public void Every_mistake_is_named()
    {
        MqttGatewayOptions options = new() { ReceiveMaximum = 0, MaximumInFlight = 70_000 };
        Assert.Equal(
            ["ReceiveMaximum is 0; allowed is 1 to 65535.", "MaximumInFlight is 70000; allowed is 1 to 65535."],
            options.Validate()
        );
    }
}
