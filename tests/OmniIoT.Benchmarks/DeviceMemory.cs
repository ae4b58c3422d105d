using System.Globalization;

namespace OmniIoT.Benchmarks;

/// <summary>
/// Bytes on the managed heap, after a full collection, that each device costs which is in memory: registered, and heard once. What
/// the process needs once, and what it pools for messages under way, is taken up by as many devices before them.
/// </summary>
internal static class DeviceMemory
{
    public static async Task<int> RunAsync(int devices, CancellationToken cancellationToken)
    {
        await using GrainsInProcess grains = await GrainsInProcess.StartAsync(cancellationToken);
        using SparseDriver driver = new(grains.Ingress, 2 * devices);
        long start = Used();
        await WakeAsync(0..devices);
        long before = Used();
        await WakeAsync(devices..(2 * devices));
        long after = Used();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{devices} devices in memory: {(double)(after - before) / devices:N0} bytes each; with what is needed once: {(double)(before - start) / devices:N0}"
            )
        );
        return 0;

        async Task WakeAsync(Range some)
        {
            await grains.RegisterAsync(some);
            await driver.RunAsync(devices, Timeout.InfiniteTimeSpan, cancellationToken);
            await grains.SettleAsync(cancellationToken);
        }
    }

    private static long Used()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
