using System.Diagnostics;
using System.Globalization;
using OmniIoT.Devices.Anomalies;
using OmniIoT.Devices.Time;

namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>Scores the detector as the Numenta Anomaly Benchmark does, beside plain peers on the same series.</summary>
internal static class AnomalyComparison
{
    private const int Repetitions = 9;

    private static readonly (string Name, Func<Func<double, Instant, double>> Open)[] Detectors =
    [
        ("nothing flagged", static () => static (_, _) => 0),
        ("windowed Gaussian", static () => Open(new WindowedGaussian().Score)),
        ("running deviation", static () => Open(new RunningDeviation().Score)),
        ("anomaly", static () => new AnomalyDetector().Score),
    ];

    /// <param name="folder">Series in the benchmark's layout, with <paramref name="labels"/>; null for none.</param>
    public static void Run(string? folder, string? labels, TextWriter output)
    {
        if (folder is not null && labels is not null)
            Compare("recorded", LabelledFolder.Read(folder, labels), output);
        Compare("made up, faults that it was developed on", SyntheticSeries.Make(SyntheticSeries.Developed, Repetitions, seed: 7), output);
        Compare("made up, faults that were held out", SyntheticSeries.Make(SyntheticSeries.HeldOut, Repetitions, seed: 11), output);
    }

    private static void Compare(string title, IReadOnlyList<LabelledSeries> series, TextWriter output)
    {
        output.WriteLine(Line($"{title}: {series.Count} series, {series.Sum(one => one.Windows.Count)} windows"));
        foreach ((string name, Func<Func<double, Instant, double>> open) in Detectors)
        {
            (IReadOnlyList<ScoredSeries> scored, double nanoseconds) = Score(series, open);
            string profiles = string.Join(
                "  ",
                NabProfile.All.Select(profile => Line($"{profile.Name} {NabScorer.Best(scored, profile).Value, 5:F1}"))
            );
            output.WriteLine(Line($"  {name, -18} {profiles}  {nanoseconds, 5:F0} ns of CPU a reading"));
        }
    }

    private static (IReadOnlyList<ScoredSeries> Scored, double Nanoseconds) Score(
        IReadOnlyList<LabelledSeries> series,
        Func<Func<double, Instant, double>> open
    )
    {
        using Process process = Process.GetCurrentProcess();
        TimeSpan before = process.TotalProcessorTime;
        double[][] scores =
        [
            .. series.Select(one =>
            {
                Func<double, Instant, double> score = open();
                return one.Readings.Select(reading => score(reading.Value, reading.At)).ToArray();
            }),
        ];
        process.Refresh();
        double nanoseconds = (process.TotalProcessorTime - before).TotalNanoseconds / Math.Max(series.Sum(one => one.Readings.Count), 1);
        // What is not known yet is not flagged.
        return (
            [
                .. series.Select(
                    (one, i) => new ScoredSeries([.. scores[i].Select(score => double.IsNaN(score) ? 0 : score)], one.WindowIndices)
                ),
            ],
            nanoseconds
        );
    }

    private static Func<double, Instant, double> Open(Func<double, double> score) => (value, _) => score(value);

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
