using Microsoft.Extensions.Time.Testing;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Gateway.Tests.Wire;

/// <summary>The gateway's last words reach a client that is sending still; MQTT5 section 4.13.2.</summary>
public sealed class EndingTests
{
    /// <summary>More than the operating system keeps for a peer that does not read.</summary>
    private static readonly byte[] Unaware = new byte[16 << 20];

    [Theory]
    [InlineData("f0 ( )")]
    [InlineData("30 ( s:a/# ( ) )")]
    [Statement("MQTT-3.14.4-2", V5), Statement("MQTT-4.13.2-1", V5)]
    public async Task A_client_that_broke_the_protocol_and_goes_on_sending_reads_why(string broken)
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");

        await client.SendRawAsync(broken);
        await client.SendAsync(Unaware);

        Packet last = Assert.Single(await client.ReceiveToEndAsync());
        Assert.True(last.DisconnectReason.IsFailure());
    }

    [Theory, InlineData(V311), InlineData(V5)]
    public async Task A_client_that_is_refused_and_goes_on_sending_reads_why(ProtocolVersion version)
    {
        await using GatewayHost host = await GatewayHost.StartAsync();
        await using WireClient client = await WireClient.OpenAsync(host, version);

        await client.SendAsync(new ConnectPacket(version, "c") { UserName = "press-7", Password = "wrong"u8.ToArray() }.Encode);
        await client.SendAsync(Unaware);

        ConnAckPacket answer = Assert.Single(await client.ReceiveToEndAsync()).AsConnAck();
        Assert.True(answer.ReasonCode.IsFailure());
    }

    [Fact]
    public async Task A_client_whose_session_is_taken_over_while_it_sends_reads_why()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        await using WireClient first = await WireClient.ConnectAsync(host, V5, "c");
        await using WireClient second = await WireClient.ConnectAsync(host, V5, "c");

        await first.SendAsync(Unaware);

        Packet last = Assert.Single(await first.ReceiveToEndAsync());
        Assert.Equal(ReasonCode.SessionTakenOver, last.DisconnectReason);
    }

    [Fact]
    public async Task A_client_that_neither_closes_nor_stops_sending_is_cut_off_after_a_second()
    {
        FakeTimeProvider time = FakeTime.AtNoon();
        await using GatewayHost host = await GatewayHost.LaboratoryAsync(time: time);
        await using WireClient client = await WireClient.ConnectAsync(host, V5, "c");

        await client.SendRawAsync("f0 ( )");
        await client.SendAsync(Unaware); // Read and thrown away.
        await client.ExpectEndAsync(ReasonCode.ProtocolError);
        Assert.Equal(1, host.Connections.Count);
        time.Advance(TimeSpan.FromSeconds(1));

        await host.ConnectionsAsync(0);
    }
}
