using System.Globalization;
using OmniIoT.Devices.Time;

namespace OmniIoT.Simulators.Replay;

/// <summary>Reads recordings: a line of headings, then <c>timestamp,value</c> with times in UTC.</summary>
public static class ReadingFile
{
    /// <exception cref="SimulationException">A line that is none, named by its number.</exception>
    public static IReadOnlyList<RecordedValue> Read(string path)
    {
        List<RecordedValue> readings = new();
        int number = 1;
        foreach (string? line in File.ReadLines(path).Skip(1))
        {
            number++;
            if (line.Length == 0)
                continue;
            int comma = line.IndexOf(',', StringComparison.Ordinal);
            if (
                comma < 0
                || !TryParseTime(line.AsSpan(0, comma), out Instant at)
                || !double.TryParse(line.AsSpan(comma + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            )
                throw new SimulationException($"{path}, line {number}: '{line}' is not timestamp,value.");
            readings.Add(new RecordedValue(at, value));
        }
        if (readings.Count == 0)
            throw new SimulationException($"{path} has no readings.");
        return readings;
    }

    internal static bool TryParseTime(ReadOnlySpan<char> text, out Instant at)
    {
        bool parsed = DateTimeOffset.TryParse(
            text,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out DateTimeOffset time
        );
        at = Instant.FromTime(time);
        return parsed;
    }
}
