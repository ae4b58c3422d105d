using System.Runtime.InteropServices;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>Whenever the host is asked to stop, it exits with 0.</summary>
public sealed class HostStopTests
{
    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task At_its_start(PosixSignal signal)
    {
        using TemporaryDirectory directory = new();
        AwaitedFile settings = await AwaitedFile.CreateAsync(Path.Combine(directory.Path, "appsettings.json"));
        await using HostProcess host = HostProcess.Begin(directory.Path);

        await using (StreamWriter writer = await settings.OpenedAsync())
        {
            await host.SignalAsync(signal);
            await writer.WriteAsync("{}");
        }

        Assert.Equal(0, await host.ExitAsync());
        Assert.Empty(host.Output);
    }

    /// <summary>It opens the database, which nobody may cut short, and then stops.</summary>
    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_its_parts_start(PosixSignal signal)
    {
        using TemporaryDirectory directory = new();
        await using HostProcess host = HostProcess.Begin(directory.Path);
        await Awaited.Seen(
            () => Task.FromResult(Directory.EnumerateFiles(directory.Path, "*.db").FirstOrDefault()),
            "database of the host"
        );

        Assert.Equal(0, await host.StopAsync(signal));
        Assert.Empty(host.Errors);
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task As_soon_as_it_listens(PosixSignal signal)
    {
        await using HostProcess host = await HostProcess.StartAsync();

        Assert.Equal(0, await host.StopAsync(signal));
        Assert.Empty(host.Errors);
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_it_stops_already(PosixSignal first)
    {
        await using HostProcess host = await HostProcess.StartAsync(null, "--demo");

        Assert.Equal(0, await host.StopImpatientlyAsync(first));
        Assert.Empty(host.Errors);
    }
}
