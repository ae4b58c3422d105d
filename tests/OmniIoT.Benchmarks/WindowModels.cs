using System.Text.Json.Nodes;
using OmniIoT.Simulators.Load;

namespace OmniIoT.Benchmarks;

/// <summary>The load generator's model with ten rules more, without windows and with three of an hour in each.</summary>
internal static class WindowModels
{
    private static readonly string[] Metrics = ["temperature", "vibration", "current", "pressure", "humidity", "speed"];
    private static readonly string[] Functions = ["avg", "stddev", "max", "min", "delta", "rate", "sum", "count"];

    /// <summary>The ten rules look at what is only.</summary>
    public static string Plain => With(rule => $"{Metric(rule)} > 1e6 or {Metric(rule + 1)} > 1e6 or {Metric(rule + 2)} > 1e6");

    /// <summary>The ten rules look at thirty windows of an hour, no two of them alike.</summary>
    public static string Windows =>
        With(rule => string.Join(" or ", Enumerable.Range(rule * 3, 3).Select(n => $"{Functions[n / 6]}({Metric(n)}, 1h) > 1e9")));

    private static string Metric(int number) => Metrics[number % Metrics.Length];

    private static string With(Func<int, string> when)
    {
        JsonObject model = JsonNode.Parse(LoadSeed.Model)!.AsObject();
        JsonArray rules = model["rules"]!.AsArray();
        for (int rule = 0; rule < 10; rule++)
            rules.Add(
                new JsonObject
                {
                    ["type"] = "extra-" + rule,
                    ["severity"] = "minor",
                    ["when"] = when(rule),
                }
            );
        return model.ToJsonString();
    }
}
