using System.Text.Json.Nodes;
using OmniIoT.Simulators;
using OmniIoT.Simulators.Replay;

namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>Series in the layout of the Numenta Anomaly Benchmark: CSV files, and a JSON file of windows by their paths.</summary>
internal static class LabelledFolder
{
    /// <summary>All series that the labels name; a file may lie in its folder or at the top.</summary>
    /// <exception cref="SimulationException">A file is missing or cannot be understood.</exception>
    public static IReadOnlyList<LabelledSeries> Read(string folder, string labels)
    {
        JsonObject named =
            JsonNode.Parse(File.ReadAllText(labels)) as JsonObject ?? throw new SimulationException($"{labels} is no object of windows.");
        return [.. named.Select(entry => entry.Key).Order(StringComparer.Ordinal).Select(name => Read(folder, labels, name))];
    }

    private static LabelledSeries Read(string folder, string labels, string name)
    {
        string nested = Path.Combine(folder, name);
        string path = File.Exists(nested) ? nested : Path.Combine(folder, Path.GetFileName(name));
        return new LabelledSeries(name, ReadingFile.Read(path), FailureWindow.Read(labels, Path.GetFileName(name)));
    }
}
