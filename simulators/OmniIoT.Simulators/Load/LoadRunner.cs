using System.Globalization;
using System.Net.Sockets;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Simulators.Load;

/// <summary>Drives a host, or a plain MQTT broker, as hard as asked and measures both sides.</summary>
public sealed class LoadRunner(LoadOptions options, TimeProvider time, TextWriter progress)
{
    private const int ConnectionsPerLoop = 500;
    private static readonly TimeSpan LastAcknowledgements = TimeSpan.FromSeconds(30);

    // Whoever presses Ctrl-C does not wait long for a host that hangs.
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <exception cref="SimulationException">The host cannot be reached, refuses, or stops acknowledging.</exception>
    public async Task<LoadReport> RunAsync(CancellationToken cancellationToken)
    {
        using OmniApi? api = options.Plain ? null : new OmniApi(options.Host);
        IReadOnlyList<string> secrets = api is null
            ? []
            : await LoadSeed.PrepareAsync(api, options.FirstDevice, options.Connections, cancellationToken);
        List<LoadConnection> connections = new();
        try
        {
            await ConnectAsync(connections, secrets, cancellationToken);
            return await MeasureAsync(connections, api, cancellationToken);
        }
        catch (SocketException failure)
        {
            throw new SimulationException($"MQTT at {options.Host.MqttHost}:{options.Host.MqttPort}: {failure.Message}.", failure);
        }
        finally
        {
            foreach (LoadConnection connection in connections)
                connection.Dispose();
        }
    }

    private async Task ConnectAsync(List<LoadConnection> connections, IReadOnlyList<string> secrets, CancellationToken cancellationToken)
    {
        for (int index = 0; index < options.Connections; index++)
        {
            string device = LoadSeed.DeviceId(options.FirstDevice + index);
            LoadConnection connection = new(options, $"devices/{device}/telemetry", time);
            connections.Add(connection);
            await connection.ConnectAsync(device, options.Plain ? null : device, options.Plain ? null : secrets[index], cancellationToken);
        }
    }

    private async Task<LoadReport> MeasureAsync(List<LoadConnection> connections, OmniApi? api, CancellationToken cancellationToken)
    {
        int? process = options.HostProcessId ?? ProcessUsage.FindListener(options.Host.MqttPort);
        CommitCounters? commitsBefore = await CommitsAsync(api);
        ProcessUsage? hostBefore = process is { } id ? ProcessUsage.Read(id) : null;
        TimeSpan ownBefore = Environment.CpuUsage.TotalTime;
        using CancellationTokenSource counted = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        long started = time.GetTimestamp();
        long deadline = started + (long)(options.Duration.TotalSeconds * time.TimestampFrequency);
        // Spread over the first message's time: an even schedule is even over all connections, too.
        double spread = options.Paced ? time.TimestampFrequency / options.Rate : 0;
        for (int index = 0; index < connections.Count; index++)
            connections[index].Start(started + (long)(index * spread));
        Task runs = Task.WhenAll(
            connections
                .Chunk(ConnectionsPerLoop)
                .Select(chunk =>
                    Task.Factory.StartNew(
                        () => Visit(chunk, deadline, counted.Token),
                        CancellationToken.None,
                        TaskCreationOptions.LongRunning,
                        TaskScheduler.Default
                    )
                )
        );
        await ReportProgressAsync(connections, runs, counted, started, cancellationToken);
        await runs;
        TimeSpan elapsed = time.GetElapsedTime(started);
        return
            Report(connections, elapsed) with
            {
                GeneratorCores = (Environment.CpuUsage.TotalTime - ownBefore) / elapsed,
                MessagesPerCommit = PerCommit(commitsBefore, await CommitsAsync(api)),
            }
                is var report
            && process is { } host
            && hostBefore is not null
            && ProcessUsage.Read(host) is { } hostAfter
            ? WithHost(report, hostBefore, hostAfter, elapsed)
            : report;
    }

    /// <summary>
    /// A visit to every connection each millisecond, to which latencies are exact, until nothing is under way any more. On a thread
    /// of its own: a timer of the thread pool comes late on a machine that is busy, and the host would be blamed for it.
    /// </summary>
    private void Visit(LoadConnection[] connections, long deadline, CancellationToken cancellationToken)
    {
        using ManualResetEvent never = new(false);
        bool stopping;
        do
        {
            stopping = time.GetTimestamp() >= deadline || cancellationToken.IsCancellationRequested;
            foreach (LoadConnection connection in connections)
                connection.Turn(stopping);
            never.WaitOne(millisecondsTimeout: 1);
        } while (!stopping || connections.Any(connection => !connection.IsIdle));
    }

    private async Task ReportProgressAsync(
        List<LoadConnection> connections,
        Task runs,
        CancellationTokenSource counted,
        long started,
        CancellationToken stopping
    )
    {
        (long last, long lastAt) = (0L, started);
        (TimeSpan end, bool isStopping) = (options.Duration + LastAcknowledgements, false);
        while (await Task.WhenAny(runs, Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None)) != runs)
        {
            TimeSpan elapsed = time.GetElapsedTime(started);
            long acknowledged = connections.Sum(connection => connection.Acknowledged);
            if (options.Count > 0 && acknowledged >= options.Count)
                await counted.CancelAsync();
            if (!isStopping && stopping.IsCancellationRequested)
                (end, isStopping) = (elapsed + StopPatience, true);
            if (elapsed > end)
                throw new SimulationException(
                    $"The host left {options.Connections * options.Window} messages or fewer unacknowledged for {(isStopping ? StopPatience : LastAcknowledgements).TotalSeconds:F0} s."
                );
            if (time.GetElapsedTime(lastAt) < TimeSpan.FromSeconds(1))
                continue;
            double rate = (acknowledged - last) / time.GetElapsedTime(lastAt).TotalSeconds;
            progress.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{elapsed.TotalSeconds, 6:F0} s  {acknowledged, 12:N0} acknowledged  {rate, 10:N0} /s"
                )
            );
            (last, lastAt) = (acknowledged, time.GetTimestamp());
        }
    }

    private LoadReport Report(List<LoadConnection> connections, TimeSpan elapsed)
    {
        LatencyHistogram latency = new();
        foreach (LoadConnection connection in connections)
            latency.Merge(connection.Latency);
        return new LoadReport
        {
            Connections = options.Connections,
            Window = options.Window,
            PayloadBytes = options.PayloadBytes,
            Qos = (int)options.Qos,
            Acknowledged = connections.Sum(connection => connection.Acknowledged),
            ElapsedSeconds = elapsed.TotalSeconds,
            P50Milliseconds = latency.Percentile(0.50) / 1000.0,
            P99Milliseconds = latency.Percentile(0.99) / 1000.0,
            MaxMilliseconds = latency.MaxMicroseconds / 1000.0,
            GeneratorCores = 0,
        };
    }

    private static LoadReport WithHost(LoadReport report, ProcessUsage before, ProcessUsage after, TimeSpan elapsed)
    {
        TimeSpan cpu = after.Cpu - before.Cpu;
        return report with
        {
            HostCores = cpu / elapsed,
            HostCpuMicrosecondsPerMessage = report.Acknowledged == 0 ? null : cpu.TotalMicroseconds / report.Acknowledged,
            HostMegabytes = after.ResidentBytes / 1e6,
            HostPeakMegabytes = after.PeakResidentBytes / 1e6,
        };
    }

    private static async Task<CommitCounters?> CommitsAsync(OmniApi? api) =>
        api is null ? null : CommitCounters.Parse(await api.MetricsAsync(CancellationToken.None));

    private static double? PerCommit(CommitCounters? before, CommitCounters? after) =>
        before is null || after is null || after.Commits <= before.Commits
            ? null
            : (after.Messages - before.Messages) / (after.Commits - before.Commits);
}
