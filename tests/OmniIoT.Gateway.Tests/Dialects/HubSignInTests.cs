using Microsoft.Extensions.Time.Testing;
using OmniIoT.Domain;
using OmniIoT.Gateway.Options;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Ports.Messaging;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Dialects;

public sealed class HubSignInTests
{
    [Fact]
    public async Task A_token_of_the_devices_key_signs_it_in()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        await using WireClient device = await HubDevice.ConnectAsync(host);

        Assert.Equal(
            (EntityId.Device("press-7"), "press-7"),
            (await host.Ingress.NextAsync<SessionOpened>()) is var opened ? (opened.Grain, opened.Notice.ClientId) : default
        );
    }

    [Theory]
    [InlineData("wrong key")]
    [InlineData("another device's token")]
    [InlineData("a policy's token")]
    [InlineData("expired")]
    [InlineData("no token")]
    [InlineData("nothing")]
    [InlineData("unknown device")]
    [InlineData("no kept secret")]
    [InlineData("a module")]
    [InlineData("another client id")]
    public async Task What_proves_nothing_is_refused(string wrong)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        string good = HubDevice.Token(HubDevice.Expiry());
        if (wrong == "no kept secret")
            host.Credentials.ForgetSealed(EntityId.Device("press-7"));

        ReasonCode reason = wrong switch
        {
            "wrong key" => await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(), key: "other")),
            "another device's token" => await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(), "press-8")),
            "a policy's token" => await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(), more: "&skn=device")),
            "expired" => await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(validFor: TimeSpan.FromMinutes(-6)))),
            "no token" => await HubDevice.TryAsync(host, "s3cret"),
            "nothing" => await HubDevice.TryAsync(host, ""),
            "unknown device" => await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(), "press-99"), "press-99"),
            "a module" => await HubDevice.TryAsync(host, good, clientId: "press-7/m1", userName: HubDevice.UserName("press-7/m1")),
            "another client id" => await HubDevice.TryAsync(host, good, clientId: "press-8"),
            _ => await HubDevice.TryAsync(host, good),
        };

        Assert.Equal(ReasonCode.NotAuthorized, reason);
    }

    [Fact]
    public async Task A_token_that_expired_within_the_tolerance_of_clocks_is_taken()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();

        Assert.Equal(
            ReasonCode.Success,
            await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(validFor: TimeSpan.FromMinutes(-4))))
        );
    }

    [Fact]
    public async Task A_connection_ends_with_its_token()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.StartAsync(time: time);
        await using WireClient device = await HubDevice.ConnectAsync(host, time, TimeSpan.FromMinutes(10));

        time.Advance(TimeSpan.FromMinutes(14));
        await host.BeatAsync();
        await device.ExpectNothingAsync();
        time.Advance(TimeSpan.FromMinutes(1));
        await host.BeatAsync();

        await device.ExpectClosedAsync();
    }

    [Fact]
    public async Task Refused_tokens_close_the_address_as_refused_secrets_do()
    {
        await using GatewayHost host = await GatewayHost.StartAsync(new MqttGatewayOptions { LimitsLoopback = true });

        for (int i = 0; i < 10; i++)
            await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry(), key: "other"));
        Assert.Equal(0, host.Credentials.LookUps); // A token costs no slow hash.

        Assert.NotEqual(ReasonCode.Success, await HubDevice.TryAsync(host, HubDevice.Token(HubDevice.Expiry())));
    }

    [Fact]
    public async Task A_new_connection_ends_the_old_one()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient old = await HubDevice.ConnectAsync(host);

        await using WireClient device = await HubDevice.ConnectAsync(host);

        await old.ExpectClosedAsync();
        await device.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_longer_keep_alive_counts_as_the_hubs_longest()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.StartAsync(time: time);
        await using WireClient device = await HubDevice.ConnectAsync(
            host,
            time,
            TimeSpan.FromDays(1),
            packet => packet with { KeepAliveSeconds = 7200 }
        );
        await device.ExpectNothingAsync();

        time.Advance(TimeSpan.FromSeconds(1767));
        await host.BeatAsync();

        await device.ExpectClosedAsync();
    }

    [Fact]
    public async Task Devices_come_over_the_hubs_WebSocket_too()
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        using System.Net.WebSockets.ClientWebSocket socket = new();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(
            new Uri($"ws://127.0.0.1:{host.HttpPort}/$iothub/websocket?iothub-no-client-cert=true"),
            CancellationToken.None
        );
        ArrayBufferWriter<byte> connect = new();
        new ConnectPacket(V311, "press-7")
        {
            UserName = HubDevice.UserName("press-7"),
            Password = System.Text.Encoding.UTF8.GetBytes(HubDevice.Token(HubDevice.Expiry())),
        }.Encode(connect);

        await socket.SendAsync(
            connect.WrittenMemory,
            System.Net.WebSockets.WebSocketMessageType.Binary,
            endOfMessage: true,
            CancellationToken.None
        );
        byte[] answer = new byte[16];
        System.Net.WebSockets.WebSocketReceiveResult received = await Within.LimitAsync(
            socket.ReceiveAsync(answer, CancellationToken.None),
            "CONNACK"
        );

        Assert.Equal([0x20, 2, 0, 0], answer[..received.Count]);
    }
}
