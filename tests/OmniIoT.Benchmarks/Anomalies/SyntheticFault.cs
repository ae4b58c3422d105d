namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>Puts a fault into a signal, as large as such faults are beside how much the signal varies.</summary>
internal static class SyntheticFault
{
    /// <param name="at">The fault begins there.</param>
    /// <param name="lateMs">By reading: how much later it comes than it is due.</param>
    public static void Put(FaultKind kind, double[] values, int at, int perDay, Random random, long[] lateMs, TimeSpan interval)
    {
        double[] before = values[..at];
        (double low, double high) = (Quantile(before, 0.02), Quantile(before, 0.98));
        double spread = Math.Max(high - low, 1e-3);
        double sign = random.Next(2) == 0 ? -1 : 1;
        int length = Math.Min(random.Next(24, 200), values.Length - at);
        double size = 0.8 + (random.NextDouble() * 1.5);
        switch (kind)
        {
            case FaultKind.Spike:
                Add(values, at, random.Next(1, 4), _ => size * 1.5 * spread);
                break;
            case FaultKind.Dip:
                Add(values, at, random.Next(1, 6), _ => -size * spread);
                break;
            case FaultKind.LevelShift:
                Add(values, at, values.Length - at, _ => sign * size * 0.7 * spread);
                break;
            case FaultKind.SlowDrift:
                Add(values, at, values.Length - at, i => sign * size * spread * Math.Min(i / 300.0, 1));
                break;
            case FaultKind.MoreNoise:
                Add(values, at, length, _ => SyntheticSignal.Normal(random) * size * 0.3 * spread);
                break;
            case FaultKind.LessNoise:
                double middle = Mean(values, Math.Max(at - 24, 0), at);
                Set(values, at, length, i => middle + ((values[at + i] - middle) * 0.1));
                break;
            case FaultKind.FlatLine:
                double stuck = values[at];
                Set(values, at, length, _ => stuck);
                break;
            case FaultKind.MissingPeak:
                Set(
                    values,
                    DayFrom(at, perDay, values),
                    perDay,
                    i => Math.Min(values[DayFrom(at, perDay, values) + i], low + (0.2 * spread))
                );
                break;
            case FaultKind.ExtraPeak:
                int width = random.Next(6, 30);
                Add(values, at, width, i => spread * 0.8 * size * Math.Sin(Math.PI * (i + 1) / (width + 1)));
                break;
            case FaultKind.ChangedSeason:
                int shift = perDay / 3;
                double[] copy = [.. values];
                Set(values, at, perDay * 2, i => copy[at + i - shift]);
                break;
            case FaultKind.Gap:
                for (int i = at; i < values.Length; i++)
                    lateMs[i] += (long)(interval * 60).TotalMilliseconds;
                Add(values, at, 24, _ => sign * 0.6 * spread);
                break;
            case FaultKind.StrangeTransition:
                Set(values, at, length, i => i % 2 == 0 ? low : high);
                break;
            default:
                break;
        }
    }

    private static int DayFrom(int at, int perDay, double[] values) => Math.Min(at, values.Length - perDay);

    private static void Add(double[] values, int at, int length, Func<int, double> added) =>
        Set(values, at, length, i => values[at + i] + added(i));

    private static void Set(double[] values, int at, int length, Func<int, double> value)
    {
        for (int i = 0; i < length && at + i < values.Length; i++)
            values[at + i] = value(i);
    }

    private static double Mean(double[] values, int from, int to) => values[from..to].Average();

    private static double Quantile(double[] values, double share)
    {
        double[] sorted = [.. values.Order()];
        return sorted[(int)(share * (sorted.Length - 1))];
    }
}
