using System.Text.Json;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;

namespace OmniIoT.Simulators.Replay;

/// <summary>A stretch of a recording in which its keepers know that something was wrong.</summary>
public sealed record FailureWindow(Instant From, Instant To)
{
    public bool Contains(Instant at) => From <= at && at <= To;

    /// <summary>Reads the windows of one series from a file of the Numenta Anomaly Benchmark: series' path → pairs of times.</summary>
    /// <param name="seriesFileName">File name of the series; its folder does not matter.</param>
    /// <exception cref="SimulationException">The file is no such JSON or does not know the series.</exception>
    public static IReadOnlyList<FailureWindow> Read(string path, string seriesFileName)
    {
        try
        {
            JsonObject series = JsonNode.Parse(File.ReadAllText(path))?.AsObject() ?? [];
            JsonNode found =
                series.FirstOrDefault(entry => Path.GetFileName(entry.Key) == seriesFileName).Value
                ?? throw new SimulationException($"{path} has no windows for {seriesFileName}.");
            return [.. found.AsArray().Select(pair => new FailureWindow(Time(pair![0]!), Time(pair[1]!))).OrderBy(window => window.From)];
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException or FormatException)
        {
            throw new SimulationException($"{path} is no file of windows: {failure.Message}", failure);
        }
    }

    private static Instant Time(JsonNode node) =>
        ReadingFile.TryParseTime((string)node!, out Instant at) ? at : throw new FormatException($"'{node}' is no time.");
}
