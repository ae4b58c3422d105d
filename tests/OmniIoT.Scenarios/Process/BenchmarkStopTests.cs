using System.Runtime.InteropServices;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>Whenever the benchmarks are asked to stop, they exit with 0.</summary>
public sealed class BenchmarkStopTests : IDisposable
{
    private const string Benchmarks = "the benchmarks";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_they_run(PosixSignal signal)
    {
        await using LineProcess running = await RunAsync();

        Assert.Equal(0, await running.StopAsync(Benchmarks, signal));
    }

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    public async Task While_they_stop_already(PosixSignal first)
    {
        await using LineProcess running = await RunAsync();

        Assert.Equal(0, await running.StopImpatientlyAsync(Benchmarks, first));
    }

    private async Task<LineProcess> RunAsync()
    {
        LineProcess started = LineProcess.Start(
            "dotnet",
            Repository.Program("tests", "OmniIoT.Benchmarks"),
            "bench",
            "--filter",
            "*",
            "--artifacts",
            _directory.Path
        );
        await started.SeenAsync(line => line.StartsWith("// Validating benchmarks", StringComparison.Ordinal), "start of the benchmarks");
        return started;
    }
}
