using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>What systemd hears, on a socket as it opens one.</summary>
public sealed class ServiceManagerTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();

    public ServiceManagerTests() => _systemd.Bind(new UnixDomainSocketEndPoint(Address));

    private string Address => Path.Combine(_folder.Path, "notify");

    public void Dispose()
    {
        _systemd.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_hears_the_start_a_sign_of_life_twice_in_its_time_and_the_stop()
    {
        ServiceManager manager = new(Address, TimeSpan.FromSeconds(30), _time);
        using CancellationTokenSource stop = new();

        manager.Ready();
        Task watching = manager.WatchAsync(stop.Token);
        Assert.Equal(["READY=1", "WATCHDOG=1"], [Heard(), Heard()]);
        _time.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal("WATCHDOG=1", Heard());
        manager.Stopping();
        Assert.Equal("STOPPING=1", Heard());

        await stop.CancelAsync();
        await watching;
    }

    [Fact]
    public void Where_nobody_listens_nothing_is_said()
    {
        new ServiceManager(null, null, _time).Ready();
        new ServiceManager(Address + "-gone", null, _time).Ready();

        Assert.Equal(0, _systemd.Available);
    }

    private string Heard()
    {
        byte[] bytes = new byte[100];
        return Encoding.UTF8.GetString(bytes, 0, _systemd.Receive(bytes));
    }
}
