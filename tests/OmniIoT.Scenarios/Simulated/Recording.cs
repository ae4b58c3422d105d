using System.Globalization;
using System.Text;
using OmniIoT.TestKit;

namespace OmniIoT.Scenarios.Simulated;

/// <summary>A recorded machine with its labelled failures.</summary>
/// <param name="Caught">Failures that the press's rules must catch: all of them.</param>
internal sealed record Recording(string File, string Windows, int Readings, int Caught)
{
    private const string MadeUpName = "press.csv";

    private static readonly string Folder = Path.Combine(Repository.SharedData, "nab");

    /// <summary>Industrial machine of the Numenta Anomaly Benchmark, which is not part of the project.</summary>
    public static Recording Real { get; } =
        new(Path.Combine(Folder, "machine_temperature_system_failure.csv"), Path.Combine(Folder, "windows.json"), 22_695, 4);

    /// <summary>Two weeks at one reading in five minutes, in which the machine cools down for four hours, once.</summary>
    public static Recording MakeUp(string folder)
    {
        const int Readings = 14 * 24 * 12;
        const int Failure = 9 * 24 * 12;
        DateTime start = new(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc);
        StringBuilder lines = new("timestamp,value\n");
        for (int number = 0; number < Readings; number++)
        {
            double value = number is >= Failure and < Failure + 48 ? 40 : 85 + (5 * Math.Sin(number / 40.0));
            lines.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{At(number)},{value:F3}"));
        }
        Recording made = new(Path.Combine(folder, MadeUpName), Path.Combine(folder, "windows.json"), Readings, 1);
        System.IO.File.WriteAllText(made.File, lines.ToString());
        System.IO.File.WriteAllText(
            made.Windows,
            $$"""{ "made-up/{{MadeUpName}}": [ ["{{At(Failure - 12)}}.000000", "{{At(Failure + 60)}}.000000"] ] }"""
        );
        return made;

        string At(int number) => (start + TimeSpan.FromMinutes(5 * number)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
    }
}
