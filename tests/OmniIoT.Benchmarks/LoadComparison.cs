using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OmniIoT.Simulators;

namespace OmniIoT.Benchmarks;

/// <summary>The same load against our host, which stores and decides, and against mosquitto, which does neither.</summary>
internal static class LoadComparison
{
    private const string ApiKey = "benchmark-key-of-one-run";

    public static async Task<int> RunAsync(LoadOptions template, string repository, CancellationToken cancellationToken)
    {
        var hostDll = Path.Combine(repository, "cloud/OmniIoT.Host/bin/Release/net10.0/OmniIoT.Host.dll");
        if (!await BuildAsync(repository, cancellationToken)) return 1;
        var ours = await MeasureHostAsync(template, hostDll, cancellationToken);
        Console.WriteLine("OmniIoT");
        Console.Write(ours);
        if (FindMosquitto() is not { } mosquitto)
        {
            Console.WriteLine("mosquitto is not installed: no comparison.");
            return 0;
        }
        var theirs = await MeasureMosquittoAsync(template, mosquitto, cancellationToken);
        Console.WriteLine("mosquitto");
        Console.Write(theirs);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"OmniIoT / mosquitto: {ours.AcknowledgedPerSecond / theirs.AcknowledgedPerSecond:F2}"));
        return 0;
    }

    private static async Task<LoadReport> MeasureHostAsync(LoadOptions template, string hostDll, CancellationToken cancellationToken)
    {
        await using var server = await ServerUnderLoad.StartHostAsync(hostDll, ApiKey);
        var host = new HostAddress("127.0.0.1", server.MqttPort, new Uri($"http://127.0.0.1:{server.HttpPort}/"), ApiKey);
        return await MeasureAsync(template with { Host = host, HostProcessId = server.ProcessId }, cancellationToken);
    }

    private static async Task<LoadReport> MeasureMosquittoAsync(LoadOptions template, string executable, CancellationToken cancellationToken)
    {
        await using var server = await ServerUnderLoad.StartMosquittoAsync(executable, FreePort());
        var host = new HostAddress("127.0.0.1", server.MqttPort, new Uri("http://127.0.0.1/"), null);
        return await MeasureAsync(template with { Host = host, HostProcessId = server.ProcessId, Plain = true }, cancellationToken);
    }

    /// <summary>A short run first: compilers and caches have to be warm before anything is measured.</summary>
    private static async Task<LoadReport> MeasureAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        await new LoadRunner(options with { Duration = TimeSpan.FromSeconds(3) }, TimeProvider.System, Console.Error).RunAsync(cancellationToken);
        return await new LoadRunner(options, TimeProvider.System, Console.Error).RunAsync(cancellationToken);
    }

    private static async Task<bool> BuildAsync(string repository, CancellationToken cancellationToken)
    {
        // The console plays no part in a load run.
        using var build = Process.Start("dotnet", ["build", Path.Combine(repository, "cloud/OmniIoT.Host"), "-c", "Release", "-v", "quiet", "--nologo", "-p:BuildConsole=false"]);
        await build.WaitForExitAsync(cancellationToken);
        return build.ExitCode == 0;
    }

    private static string? FindMosquitto() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Append("/usr/sbin")
        .Select(folder => Path.Combine(folder, "mosquitto")).FirstOrDefault(File.Exists);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
