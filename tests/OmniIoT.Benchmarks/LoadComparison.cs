using System.Globalization;
using OmniIoT.Simulators;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>The same load against our host, which stores and decides, and against mosquitto, which does neither.</summary>
internal static class LoadComparison
{
    private const string ApiKey = "benchmark-key-of-one-run";

    public static async Task<int> RunAsync(LoadOptions template, string repository, CancellationToken cancellationToken)
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return 1;
        LoadReport ours = await MeasureHostAsync(template, hostDll, cancellationToken);
        Console.WriteLine("OmniIoT");
        Console.Write(ours);
        await using ServerUnderLoad? mosquitto = await ServerUnderLoad.TryStartMosquittoAsync();
        if (mosquitto is null)
            return 0;
        LoadReport theirs = await MeasureMosquittoAsync(template, mosquitto, cancellationToken);
        Console.WriteLine("mosquitto");
        Console.Write(theirs);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"OmniIoT / mosquitto: {ours.AcknowledgedPerSecond / theirs.AcknowledgedPerSecond:F2}"
            )
        );
        return 0;
    }

    private static async Task<LoadReport> MeasureHostAsync(LoadOptions template, string hostDll, CancellationToken cancellationToken)
    {
        await using ServerUnderLoad server = await ServerUnderLoad.StartHostAsync(hostDll, ApiKey);
        return await MeasureAsync(template with { Host = server.Address(ApiKey), HostProcessId = server.ProcessId }, cancellationToken);
    }

    private static Task<LoadReport> MeasureMosquittoAsync(LoadOptions template, ServerUnderLoad server, CancellationToken cancellationToken)
    {
        HostAddress host = new("127.0.0.1", server.MqttPort, new Uri("http://127.0.0.1/"), null);
        return MeasureAsync(template with { Host = host, HostProcessId = server.ProcessId, Plain = true }, cancellationToken);
    }

    /// <summary>A short run first: compilers and caches have to be warm before anything is measured.</summary>
    private static async Task<LoadReport> MeasureAsync(LoadOptions options, CancellationToken cancellationToken)
    {
        await new LoadRunner(options with { Duration = TimeSpan.FromSeconds(3) }, TimeProvider.System, Console.Error).RunAsync(
            cancellationToken
        );
        return await new LoadRunner(options, TimeProvider.System, Console.Error).RunAsync(cancellationToken);
    }
}
