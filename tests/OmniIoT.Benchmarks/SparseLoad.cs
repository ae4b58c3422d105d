using System.Globalization;

namespace OmniIoT.Benchmarks;

/// <summary>
/// Many devices that each say little: every message is another device's, so that nothing is shared but the commit. Drives the grains
/// and the embedded stores in this process, from where the gateway hands over what it read; sockets are left out.
/// </summary>
internal static class SparseLoad
{
    public static async Task<int> RunAsync(int devices, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using GrainsInProcess grains = await GrainsInProcess.StartAsync(cancellationToken);
        await grains.RegisterAsync(..devices);
        using SparseDriver driver = new(grains.Ingress, devices);
        await driver.RunAsync(devices, Timeout.InfiniteTimeSpan, cancellationToken);
        await driver.RunAsync(long.MaxValue, TimeSpan.FromSeconds(3), cancellationToken);
        await grains.SettleAsync(cancellationToken);
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long allocated = GC.GetTotalAllocatedBytes();
        (long messages, TimeSpan elapsed) = await driver.RunAsync(long.MaxValue, duration, cancellationToken);
        TimeSpan untilDurable = Environment.CpuUsage.TotalTime - cpu;
        await grains.SettleAsync(cancellationToken); // What is durable, but in no series yet, is still to be paid for.
        cpu = Environment.CpuUsage.TotalTime - cpu;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{devices} devices, each message another's: {messages / elapsed.TotalSeconds:N0} /s, {cpu.TotalMicroseconds / messages:F1} µs of CPU and {(double)allocated / messages:N0} bytes allocated a message; {untilDurable.TotalMicroseconds / messages:F1} µs when the last was durable"
            )
        );
        return 0;
    }
}
