using System.Text;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Mqtt.Tests.Client;

internal static class Clients
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static MqttClientOptions Options(MosquittoBroker broker, ProtocolVersion version, string clientId) =>
        new()
        {
            Host = "127.0.0.1",
            Port = broker.Port,
            Version = version,
            ClientId = clientId,
            ReconnectDelay = TimeSpan.FromMilliseconds(20),
            MaximumReconnectDelay = TimeSpan.FromMilliseconds(200),
        };

    public static MqttClient Create(MqttClientOptions options, IInFlightStore? store = null) =>
        new(options, TimeProvider.System, new Random(1), store);

    public static ReadOnlyMemory<byte> Text(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A task for the next time the client is connected; ask before what causes it.</summary>
    public static Task<ConnAckPacket> NextConnection(MqttClient client)
    {
        TaskCompletionSource<ConnAckPacket> connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Connected += accepted => connected.TrySetResult(accepted);
        return WithPatience(connected.Task, "a new connection");
    }

    /// <summary>A task for the next loss; ask before what causes it.</summary>
    public static Task<ConnectionLoss> NextLoss(MqttClient client)
    {
        TaskCompletionSource<ConnectionLoss> lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Disconnected += loss => lost.TrySetResult(loss);
        return WithPatience(lost.Task, "the loss of the connection");
    }

    public static async Task<T> WithPatience<T>(Task<T> task, string what)
    {
        try
        {
            return await task.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Awaited {what} for {Patience}.");
        }
    }
}
