using System.Globalization;
using System.Text.Json;

namespace OmniIoT.Benchmarks;

/// <summary>Holds the hot paths to the bytes per operation that <c>allocations.json</c> allows.</summary>
internal static class AllocationGate
{
    private const int WarmUp = 20_000;
    private const int Operations = 200_000;

    /// <summary>0 when every operation keeps to its allowance, 1 otherwise.</summary>
    public static int Run(string file, TextWriter output)
    {
        Dictionary<string, double> allowed = JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(file)) ?? [];
        HotPathBenchmarks benchmarks = new();
        (string Name, Func<int> Operation)[] operations =
        [
            (nameof(benchmarks.DecodeAndEncodePublish), benchmarks.DecodeAndEncodePublish),
            (nameof(benchmarks.ReadTelemetryAndJudgeRules), benchmarks.ReadTelemetryAndJudgeRules),
            (nameof(benchmarks.MatchFences), benchmarks.MatchFences),
        ];
        int excess = 0;
        foreach ((string? name, Func<int>? operation) in operations)
        {
            double bytes = BytesPerOperation(operation);
            double limit = allowed.TryGetValue(name, out double bound) ? bound : 0;
            if (bytes > limit)
                excess++;
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name, -28} {bytes, 10:F2} bytes, allowed {limit:F2}{(bytes > limit ? "  EXCEEDED" : "")}"
                )
            );
        }
        return excess == 0 ? 0 : 1;
    }

    private static double BytesPerOperation(Func<int> operation)
    {
        for (int n = 0; n < WarmUp; n++)
            operation();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int n = 0; n < Operations; n++)
            operation();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Operations;
    }
}
