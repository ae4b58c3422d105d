using System.Globalization;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>
/// The same load on embedded storage, and on one, two and three processes that share a PostgreSQL server; all on this machine.
/// </summary>
internal static class ClusterComparison
{
    private const string ApiKey = "benchmark-key-of-one-run";

    /// <summary>Most processes at once.</summary>
    private const int Most = 3;

    public static async Task<int> RunAsync(
        LoadOptions template,
        ClusterSettings settings,
        string repository,
        CancellationToken cancellationToken
    )
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return 1;
        LoadReport embedded = await MeasureEmbeddedAsync(template, hostDll, cancellationToken);
        Console.WriteLine("embedded storage");
        Console.Write(embedded);
        for (int processes = 1; processes <= Most; processes++)
        {
            (LoadReport[]? reports, PostgresUsage? engine) = await MeasureClusterAsync(
                template,
                hostDll,
                settings,
                processes,
                cancellationToken
            );
            Print(processes, reports, engine, embedded);
        }
        await FailoverTimes.RunAsync(hostDll, ApiKey, settings, cancellationToken);
        return 0;
    }

    private static void Print(int processes, LoadReport[] reports, PostgresUsage engine, LoadReport embedded)
    {
        double sum = reports.Sum(report => report.AcknowledgedPerSecond);
        long acknowledged = reports.Sum(report => report.Acknowledged);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{processes} on PostgreSQL"));
        foreach (LoadReport report in reports)
            Console.Write(report);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  together {sum:N0} a second; {processes} on PostgreSQL / embedded: {sum / embedded.AcknowledgedPerSecond:F2}"
            )
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"  PostgreSQL: {engine.Cpu.TotalMicroseconds / acknowledged:F2} us of CPU and {(double)engine.WalBytes / acknowledged:F0} bytes of its log a message"
            )
        );
    }

    private static async Task<LoadReport> MeasureEmbeddedAsync(LoadOptions template, string hostDll, CancellationToken cancellationToken)
    {
        await using ServerUnderLoad server = await ServerUnderLoad.StartHostAsync(hostDll, ApiKey);
        await WarmUpAsync(template, [server], cancellationToken);
        return (await RunAsync(template, [server], cancellationToken))[0];
    }

    private static async Task<(LoadReport[] Reports, PostgresUsage Engine)> MeasureClusterAsync(
        LoadOptions template,
        string hostDll,
        ClusterSettings settings,
        int processes,
        CancellationToken cancellationToken
    )
    {
        await using ClusterUnderLoad cluster = await ClusterUnderLoad.StartAsync(hostDll, ApiKey, settings, processes, cancellationToken);
        await WarmUpAsync(template, cluster.Servers, cancellationToken);
        PostgresUsage before = await PostgresUsage.ReadAsync(settings.Postgres, cancellationToken);
        LoadReport[] reports = await RunAsync(template, cluster.Servers, cancellationToken);
        PostgresUsage after = await PostgresUsage.ReadAsync(settings.Postgres, cancellationToken);
        return (reports, new PostgresUsage(after.Cpu - before.Cpu, after.WalBytes - before.WalBytes));
    }

    /// <summary>Compilers and caches have to be warm.</summary>
    private static async Task WarmUpAsync(
        LoadOptions template,
        IReadOnlyList<ServerUnderLoad> servers,
        CancellationToken cancellationToken
    ) => await RunAsync(template with { Duration = TimeSpan.FromSeconds(5) }, servers, cancellationToken);

    /// <summary>The connections are spread over the processes.</summary>
    private static Task<LoadReport[]> RunAsync(
        LoadOptions template,
        IReadOnlyList<ServerUnderLoad> servers,
        CancellationToken cancellationToken
    )
    {
        int each = template.Connections / servers.Count;
        return Task.WhenAll(
            servers.Select(
                (server, i) =>
                    new LoadRunner(
                        template with
                        {
                            Host = server.Address(ApiKey),
                            HostProcessId = server.ProcessId,
                            Connections = each,
                            FirstDevice = i * each,
                            Rate = template.Rate / servers.Count,
                        },
                        TimeProvider.System,
                        TextWriter.Null
                    ).RunAsync(cancellationToken)
            )
        );
    }
}
