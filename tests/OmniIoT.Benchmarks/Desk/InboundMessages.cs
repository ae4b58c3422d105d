using System.Diagnostics;

namespace OmniIoT.Benchmarks.Desk;

/// <summary>
/// Messages of customers by webhook, each signed, stored and on disk when it is answered: how many in a second, how long one takes, and
/// what it costs the host. The host writes for a while before it is measured: else the seconds in which its code is compiled are what is
/// measured.
/// </summary>
internal static class InboundMessages
{
    private const int AtOnce = 256;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(int customers, TimeSpan duration, string repository, CancellationToken cancellationToken)
    {
        await using DeskHost? host = await DeskHost.StartAsync("support", AtOnce, repository, cancellationToken);
        if (host is null)
            return 1;
        await host.BeginAllAsync(customers, AtOnce, cancellationToken);
        using Process process = Process.GetProcessById(host.ProcessId);
        await WriteAllAsync(host, customers, WarmUp, cancellationToken);
        process.Refresh();
        TimeSpan before = process.TotalProcessorTime;
        long begun = Stopwatch.GetTimestamp();
        IReadOnlyList<double>[] all = await WriteAllAsync(host, customers, duration, cancellationToken);
        TimeSpan took = Stopwatch.GetElapsedTime(begun);
        process.Refresh();
        TimeSpan spent = process.TotalProcessorTime - before;
        double[] times = [.. all.SelectMany(static some => some).Order()];
        Console.WriteLine(
            $"{times.Length} messages of {customers} customers in {took.TotalSeconds:0.0} s: {times.Length / took.TotalSeconds:0} a second, "
                + $"p50 {times[times.Length / 2]:0.0} ms, p99 {times[times.Length * 99 / 100]:0.0} ms, "
                + $"{spent.TotalMicroseconds / times.Length:0} µs of the host's CPU each; load of the machine {DeskHost.MachineLoad}, "
                + $"{Environment.ProcessorCount} cores"
        );
        return 0;
    }

    private static Task<IReadOnlyList<double>[]> WriteAllAsync(
        DeskHost host,
        int customers,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        long begun = Stopwatch.GetTimestamp();
        return Task.WhenAll(
            Enumerable.Range(0, AtOnce).Select(writer => WriteAsync(host, writer, customers, begun, duration, cancellationToken))
        );
    }

    private static async Task<IReadOnlyList<double>> WriteAsync(
        DeskHost host,
        int writer,
        int customers,
        long begun,
        TimeSpan duration,
        CancellationToken cancellationToken
    )
    {
        List<double> times = [];
        for (int customer = writer; Stopwatch.GetElapsedTime(begun) < duration; customer += AtOnce)
        {
            long at = Stopwatch.GetTimestamp();
            await host.WriteAsync(customer % customers, cancellationToken);
            times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
        return times;
    }
}
