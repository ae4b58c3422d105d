using System.Globalization;
using OmniIoT.Devices;

namespace OmniIoT.Simulators;

/// <summary>Reads recordings: a line of headings, then <c>timestamp,value</c> with times in UTC.</summary>
public static class ReadingFile
{
    /// <exception cref="SimulationException">A line that is none, named by its number.</exception>
    public static IReadOnlyList<Reading> Read(string path)
    {
        var readings = new List<Reading>();
        var number = 1;
        foreach (var line in File.ReadLines(path).Skip(1))
        {
            number++;
            if (line.Length == 0)
                continue;
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            if (
                comma < 0
                || !TryParseTime(line.AsSpan(0, comma), out var at)
                || !double.TryParse(
                    line.AsSpan(comma + 1),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out var value
                )
            )
                throw new SimulationException(
                    $"{path}, line {number}: '{line}' is not timestamp,value."
                );
            readings.Add(new Reading(at, value));
        }
        if (readings.Count == 0)
            throw new SimulationException($"{path} has no readings.");
        return readings;
    }

    internal static bool TryParseTime(ReadOnlySpan<char> text, out Instant at)
    {
        var parsed = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var time
        );
        at = Instant.FromTime(time);
        return parsed;
    }
}
