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
        var allowed =
            JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(file)) ?? [];
        var benchmarks = new HotPathBenchmarks();
        (string Name, Func<int> Operation)[] operations =
        [
            (nameof(benchmarks.DecodeAndEncodePublish), benchmarks.DecodeAndEncodePublish),
            (nameof(benchmarks.ReadTelemetryAndJudgeRules), benchmarks.ReadTelemetryAndJudgeRules),
            (nameof(benchmarks.MatchFences), benchmarks.MatchFences),
        ];
        var excess = 0;
        foreach (var (name, operation) in operations)
        {
            var bytes = BytesPerOperation(operation);
            var limit = allowed.TryGetValue(name, out var bound) ? bound : 0;
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
        for (var n = 0; n < WarmUp; n++)
            operation();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var n = 0; n < Operations; n++)
            operation();
        return (GC.GetAllocatedBytesForCurrentThread() - before) / (double)Operations;
    }
}
