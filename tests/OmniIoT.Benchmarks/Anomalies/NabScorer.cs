namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>Scores of one series, a number per reading, with the windows in which a flag is right.</summary>
/// <param name="Windows">Indices of first and last reading, in order, not overlapping.</param>
internal sealed record ScoredSeries(IReadOnlyList<double> Scores, IReadOnlyList<(int First, int Last)> Windows);

/// <summary>
/// The scoring of the Numenta Anomaly Benchmark, from its published definition (Lavin and Ahmad, 2015): the first flag within a window
/// earns the more the earlier it is, every flag outside costs the more the farther it is behind the last window, a window without a
/// flag costs. One threshold holds for all series.
/// </summary>
internal static class NabScorer
{
    private const double ProbationShare = 0.15;
    private const int LongestProbation = 750;

    /// <summary>So many widths behind a window a flag is plainly false.</summary>
    private const double FarBehind = 3;

    /// <summary>The highest score that one threshold reaches; 0 is a detector that flags nothing, 100 one that is perfect.</summary>
    public static NabScore Best(IReadOnlyList<ScoredSeries> series, NabProfile profile)
    {
        int windows = series.Sum(one => one.Windows.Count);
        List<(double Score, int Series, int Reading)> flags = [];
        for (int i = 0; i < series.Count; i++)
        {
            for (int reading = Probation(series[i].Scores.Count); reading < series[i].Scores.Count; reading++)
                flags.Add((series[i].Scores[reading], i, reading));
        }
        flags.Sort(static (a, b) => b.Score.CompareTo(a.Score));

        double raw = -profile.Missed * windows;
        NabScore best = new(double.PositiveInfinity, 0);
        Dictionary<(int Series, int Window), double> earned = [];
        for (int i = 0; i < flags.Count; i++)
        {
            (double score, int index, int reading) = flags[i];
            raw += Change(earned, index, reading, series[index].Windows, profile);
            bool isLastOfTies = i + 1 == flags.Count || flags[i + 1].Score < score;
            double normalized = 100 * (raw + (profile.Missed * windows)) / ((profile.Detected + profile.Missed) * windows);
            if (isLastOfTies && normalized > best.Value)
                best = new NabScore(score, normalized);
        }
        return best;
    }

    /// <summary>Readings at the start of a series that count for nothing, so that a detector may learn.</summary>
    public static int Probation(int readings) => (int)Math.Min(ProbationShare * readings, LongestProbation);

    /// <summary>+1 long before a position of 0, 0 at it, −1 long behind.</summary>
    public static double Sigmoid(double position) => position > FarBehind ? -1 : (2 / (1 + Math.Exp(5 * position))) - 1;

    /// <summary>What a flag in a window earns when it is the first there: all of it at the window's first reading.</summary>
    public static double Earned(int reading, (int First, int Last) window, NabProfile profile)
    {
        double position = -(window.Last - reading + 1) / (double)(window.Last - window.First + 1);
        return profile.Detected * Sigmoid(position) / Sigmoid(-1);
    }

    /// <summary>What a flag outside of all windows costs, as a negative number.</summary>
    public static double Lost(int reading, IReadOnlyList<(int First, int Last)> windows, NabProfile profile)
    {
        int before = -1;
        while (before + 1 < windows.Count && windows[before + 1].Last < reading)
            before++;
        if (before < 0)
            return -profile.False;
        (int first, int last) = windows[before];
        return profile.False * Sigmoid((reading - last) / (double)Math.Max(last - first, 1));
    }

    private static double Change(
        Dictionary<(int, int), double> earned,
        int series,
        int reading,
        IReadOnlyList<(int First, int Last)> windows,
        NabProfile profile
    )
    {
        int window = 0;
        while (window < windows.Count && windows[window].Last < reading)
            window++;
        if (window == windows.Count || reading < windows[window].First)
            return Lost(reading, windows, profile);
        double worth = Earned(reading, windows[window], profile);
        bool isKnown = earned.TryGetValue((series, window), out double before);
        if (isKnown && before >= worth)
            return 0;
        earned[(series, window)] = worth;
        return worth - (isKnown ? before : -profile.Missed);
    }
}

/// <summary>The threshold that a score was reached at, and the score.</summary>
internal readonly record struct NabScore(double Threshold, double Value);
