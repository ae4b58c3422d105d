using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Mqtt.Tests.Client;

/// <summary>From the first attempt to the CONNACK.</summary>
public sealed class MqttClientSignInTests
{
    private const ProtocolVersion V5 = ProtocolVersion.V5;

    [Fact]
    public async Task A_refusal_says_why()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync("allow_anonymous false");
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, V5, "stranger") with
            {
                UserName = "u",
                Password = Clients.Text("p"),
            }
        );

        MqttClientException refusal = await Assert.ThrowsAsync<MqttClientException>(() => client.ConnectAsync());

        Assert.Equal(ReasonCode.NotAuthorized, refusal.ReasonCode);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task A_client_started_before_its_server_connects_once_the_server_is_there()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await broker.StopAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, V5, "early"));
        TaskCompletionSource<MqttClientException> failed = new();
        client.ConnectFailed += error => failed.TrySetResult(error);
        Task<ConnAckPacket> connected = Clients.NextConnection(client);

        client.Start();
        await Clients.WithPatience(failed.Task, "a failed attempt");
        await broker.StartAgainAsync();

        await connected;
        Assert.True(client.IsConnected);
    }

    [Fact]
    public async Task The_server_gives_a_client_without_identifier_one()
    {
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, V5, ""));

        await client.ConnectAsync();

        Assert.NotEmpty(client.ClientId);
    }
}
