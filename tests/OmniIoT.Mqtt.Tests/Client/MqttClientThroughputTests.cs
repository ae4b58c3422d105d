using System.Diagnostics;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Mqtt.Tests.Client;

public sealed class MqttClientThroughputTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(ProtocolVersion.V311, QualityOfService.AtLeastOnce)]
    [InlineData(ProtocolVersion.V5, QualityOfService.AtLeastOnce)]
    [InlineData(ProtocolVersion.V5, QualityOfService.ExactlyOnce)]
    public async Task A_burst_without_tasks_is_acknowledged_message_by_message(ProtocolVersion version, QualityOfService qos)
    {
        const int Messages = 20_000;
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(Clients.Options(broker, version, "burst") with { MaximumInFlight = 500 });
        await client.ConnectAsync();
        Counter observer = new(Messages);
        byte[] payload = new byte[200];
        long clock = Stopwatch.GetTimestamp();

        for (int sent = 0; sent < Messages; )
        {
            while (sent < Messages && client.TryPublish("load/a"u8, payload, qos, [], observer, out _, flush: false))
                sent++;
            client.Flush();
            if (sent < Messages)
                await client.WaitForRoomAsync();
        }

        await Clients.WithPatience(observer.Done, $"{Messages} acknowledgements");
        output.WriteLine($"{version} {qos}: {Messages / Stopwatch.GetElapsedTime(clock).TotalSeconds:N0} messages/s");
        Assert.Equal((Messages, 0), (observer.Acknowledged, observer.Refused));
        Assert.Equal(0, client.InFlightCount);
    }

    [Fact]
    public async Task A_warm_client_publishes_without_allocation()
    {
        const int Batch = 400;
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        await using MqttClient client = Clients.Create(
            Clients.Options(broker, ProtocolVersion.V5, "thrifty") with
            {
                MaximumInFlight = Batch,
            }
        );
        await client.ConnectAsync();
        byte[] payload = new byte[200];
        long allocated = 0L;

        for (int round = 0; round < 10; round++)
        {
            Counter observer = new(Batch);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int sent = 0; sent < Batch; sent++)
                Assert.True(client.TryPublish("load/a"u8, payload, QualityOfService.AtLeastOnce, [], observer, out _, flush: false));
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            client.Flush();
            await Clients.WithPatience(observer.Done, $"{Batch} acknowledgements");
            while (client.InFlightCount > 0)
                await client.WaitForRoomAsync(); // The last identifier is given back after its report.
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    public async Task Hundreds_of_clients_live_in_one_process_without_a_thread_each()
    {
        const int Count = 300;
        await using MosquittoBroker broker = await MosquittoBroker.StartAsync();
        MqttClient[] clients = Enumerable
            .Range(0, Count)
            .Select(number => Clients.Create(Clients.Options(broker, ProtocolVersion.V5, $"many-{number}")))
            .ToArray();
        foreach (MqttClient[] chunk in clients.Chunk(50))
            await Task.WhenAll(chunk.Select(client => client.ConnectAsync()));

        ReasonCode[] reasons = await Task.WhenAll(
            clients.Select(client => client.PublishAsync("a", Clients.Text("x"), QualityOfService.AtLeastOnce))
        );

        Assert.All(reasons, reason => Assert.False(reason.IsFailure()));
        Assert.True(ThreadPool.ThreadCount < Count / 4, $"{ThreadPool.ThreadCount} pool threads for {Count} clients.");
        foreach (MqttClient? client in clients)
            await client.DisposeAsync();
    }

    // Mosquitto answers 0x10 (no matching subscribers) in 5.0: acknowledged all the same.
    private sealed class Counter(int expected) : IPublishObserver
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Acknowledged { get; private set; }

        public int Refused { get; private set; }

        public Task<bool> Done => _done.Task;

        public void OnAcknowledged(ushort packetIdentifier, ReasonCode reasonCode)
        {
            if (reasonCode.IsFailure())
                Refused++;
            else
                Acknowledged++;
            if (Acknowledged + Refused == expected)
                _done.TrySetResult(true);
        }
    }
}
