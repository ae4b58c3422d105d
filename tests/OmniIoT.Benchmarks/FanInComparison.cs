using System.Globalization;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Simulators;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>
/// Many publishers at QoS 0 and one subscriber to all of them, as plain brokers: our host in laboratory mode, and mosquitto. What
/// counts is what the subscriber gets; a broker may drop what it cannot pass on.
/// </summary>
internal static class FanInComparison
{
    public static async Task<int> RunAsync(int publishers, TimeSpan duration, string repository, CancellationToken cancellationToken)
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return 1;
        double ours,
            theirs;
        await using (ServerUnderLoad host = await ServerUnderLoad.StartHostAsync(hostDll, "unused", "--OmniIoT:Mqtt:AllowAnonymous=true"))
            ours = await MeasureAsync("OmniIoT, laboratory mode", host, publishers, duration, cancellationToken);
        await using ServerUnderLoad? mosquitto = await ServerUnderLoad.TryStartMosquittoAsync();
        if (mosquitto is null)
            return 0;
        theirs = await MeasureAsync("mosquitto", mosquitto, publishers, duration, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"OmniIoT / mosquitto: {ours / theirs:F2}"));
        return 0;
    }

    /// <summary>A short run first: compilers and caches have to be warm before anything is measured.</summary>
    private static async Task<double> MeasureAsync(
        string name,
        ServerUnderLoad server,
        int publishers,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        using FanInSubscriber subscriber = new();
        await subscriber.ConnectAsync(server.MqttPort, "devices/+/telemetry", cancellationToken);
        Task counting = Task.Factory.StartNew(
            subscriber.Run,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        LoadOptions options = new()
        {
            Host = new HostAddress("127.0.0.1", server.MqttPort, new Uri("http://127.0.0.1/"), null),
            HostProcessId = server.ProcessId,
            Connections = publishers,
            Qos = QualityOfService.AtMostOnce,
            Plain = true,
        };
        await new LoadRunner(options with { Duration = TimeSpan.FromSeconds(3) }, TimeProvider.System, Console.Error).RunAsync(
            cancellationToken
        );
        long before = subscriber.Received;
        LoadReport report = await new LoadRunner(options with { Duration = duration }, TimeProvider.System, Console.Error).RunAsync(
            cancellationToken
        );
        long received = subscriber.Received - before;
        subscriber.Dispose();
        await counting;
        double perSecond = received / report.ElapsedSeconds;
        Console.WriteLine(name);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                  received by the subscriber {perSecond, 12:N0} /s
                  sent by {publishers} publishers    {report.AcknowledgedPerSecond, 12:N0} /s
                  CPU of the server          {report.HostCores, 12:F2} cores
                """
            )
        );
        return perSecond;
    }
}
