using System.Net;
using System.Net.Sockets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Simulators.Tests.Load;

public sealed class LoadConnectionTests
{
    [Fact]
    public async Task A_server_that_takes_nothing_stops_what_is_sent_at_QoS_0()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        LoadOptions options = new()
        {
            Host = new HostAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port, new Uri("http://127.0.0.1/"), null),
            Qos = QualityOfService.AtMostOnce,
            Plain = true,
        };
        using LoadConnection connection = new(options, "t", TimeProvider.System);
        Task connecting = connection.ConnectAsync("c", null, null, CancellationToken.None);
        using Socket server = await listener.AcceptSocketAsync();
        await server.SendAsync(new byte[] { 0x20, 2, 0, 0 });
        await connecting;

        connection.Start(TimeProvider.System.GetTimestamp());
        long before;
        int turns = 0;
        do
        {
            before = connection.Acknowledged;
            connection.Turn(stopping: false);
        } while (connection.Acknowledged > before && ++turns < 1_000_000);

        Assert.InRange(turns, 1, 999_999); // Both sockets are full, and nothing more is made.
    }
}
