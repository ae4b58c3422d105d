using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Dialects;

public sealed class HubDownlinkTests
{
    private const string Methods = "$iothub/methods/POST/#";
    private const string DeviceBound = "devices/press-7/messages/devicebound/#";

    private static readonly Downlink Command = Of(
        "commands/c1/request",
        """{"name":"restart","arguments":{"delay":2},"expiresAt":"x"}""",
        "command:c1"
    );
    private static readonly Downlink Message = Of(
        "messages/m1",
        """{"id":"m1","payload":"hello","properties":{"level":"a/b"},"expiresAt":"x"}""",
        "message:m1"
    );

    private static readonly Downlink Desired = Of("twin/desired", """{"version":5,"desired":{"speed":3}}""", "desired:5") with
    {
        Retain = true,
        Change = """{"speed":3,"mode":null}"""u8.ToArray(),
    };

    [Fact]
    public async Task A_command_is_a_method()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);
        await device.SubscribeAsync(Methods);

        Assert.Equal(1, await host.Downlinks.PublishAsync(Command, CancellationToken.None));

        Received method = await device.ReceivePublishAsync();
        Assert.Equal(("$iothub/methods/POST/restart/?$rid=c1", """{"delay":2}""", 0), (method.Topic, method.Payload, method.Qos));
    }

    [Fact]
    public async Task A_change_of_desired_properties_says_what_is_new()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await HubDevice.ConnectAsync(host);
        await device.SubscribeAsync("$iothub/twin/PATCH/properties/desired/#", qos: 1);

        await host.Downlinks.PublishAsync(Desired, CancellationToken.None);

        Received change = await device.ReceivePublishAsync();
        Assert.Equal(
            ("$iothub/twin/PATCH/properties/desired/?$version=5", """{"speed":3,"mode":null,"$version":5}"""),
            (change.Topic, change.Payload)
        );
    }

    [Fact]
    public async Task A_message_waits_for_the_device_but_methods_and_changes_do_not()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using (WireClient device = await HubDevice.ConnectAsync(host))
        {
            foreach (string filter in (string[])[Methods, DeviceBound, "$iothub/twin/PATCH/properties/desired/#"])
                await device.SubscribeAsync(filter, qos: 1);
            await device.DisconnectAsync();
            await device.ExpectClosedAsync();
        }

        Assert.Equal(0, await host.Downlinks.PublishAsync(Command, CancellationToken.None));
        Assert.Equal(0, await host.Downlinks.PublishAsync(Desired, CancellationToken.None));
        Assert.Equal(1, await host.Downlinks.PublishAsync(Message, CancellationToken.None));
        await using WireClient back = await HubDevice.ConnectAsync(host);
        Received message = await back.ReceivePublishAsync();
        await back.AcknowledgeAsync(PacketType.PubAck, message.Identifier);

        Assert.StartsWith("devices/press-7/messages/devicebound/%24.mid=m1&", message.Topic, StringComparison.Ordinal);
        Assert.EndsWith("&level=a%2Fb", message.Topic, StringComparison.Ordinal);
        Assert.Equal(("hello", 1), (message.Payload, message.Qos));
        Assert.Equal(
            ("message:m1", true),
            (await host.Ingress.NextAsync<DownlinkProgress>()) is var progress
                ? (progress.Notice.Reference, progress.Notice.Acknowledged)
                : default
        );
        await back.ExpectNothingAsync();
    }

    [Fact]
    public async Task Who_speaks_our_own_words_hears_no_others()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient native = await WireClient.DeviceAsync(host, V5);
        await native.SubscribeAsync("devices/press-7/#", qos: 1);

        Assert.Equal(1, await host.Downlinks.PublishAsync(Message, CancellationToken.None));

        Assert.Equal("devices/press-7/messages/m1", (await native.ReceivePublishAsync()).Topic);
        await native.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_kept_subscription_to_methods_counts_once_the_client_subscribes_anew()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient device = await ComeBackAsync(host, null);
        Assert.Equal(0, await host.Downlinks.PublishAsync(Command, CancellationToken.None));

        await device.SubscribeAsync(Methods);

        Assert.Equal(1, await host.Downlinks.PublishAsync(Command, CancellationToken.None));
        Assert.Equal("$iothub/methods/POST/restart/?$rid=c1", (await device.ReceivePublishAsync()).Topic);
    }

    [Fact]
    public async Task A_kept_subscription_to_methods_counts_after_a_while()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.StartAsync(time: time);
        await using WireClient device = await ComeBackAsync(host, time);
        await host.Ingress.NextAsync<DownlinksWanted>(); // Of the first connection.
        await host.Ingress.NextAsync<DownlinksWanted>(); // That it is back.

        await Poll.UntilAsync(
            () => Advance(time) && host.Downlinks.PublishAsync(Command, CancellationToken.None).AsTask().Result == 1,
            "a method that goes out"
        );

        await host.Ingress.NextAsync<DownlinksWanted>();
        Assert.Equal("$iothub/methods/POST/restart/?$rid=c1", (await device.ReceivePublishAsync()).Topic);
    }

    private static bool Advance(FakeTimeProvider time)
    {
        time.Advance(TimeSpan.FromSeconds(5));
        return true;
    }

    private static async Task<WireClient> ComeBackAsync(GatewayHost host, TimeProvider? time)
    {
        await using (WireClient device = await HubDevice.ConnectAsync(host, time))
        {
            await device.SubscribeAsync(Methods);
            await device.DisconnectAsync();
            await device.ExpectClosedAsync();
        }
        return await HubDevice.ConnectAsync(host, time);
    }

    private static Downlink Of(string below, string payload, string reference) =>
        new()
        {
            Id = reference,
            Target = EntityId.Device("press-7"),
            Topic = "devices/press-7/" + below,
            Payload = Encoding.UTF8.GetBytes(payload),
            Retain = false,
            Reference = reference,
            CreatedAt = new Instant(0),
            ExpiresAt = null,
        };
}
