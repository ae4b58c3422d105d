using OmniIoT.Devices.Time;
using OmniIoT.Simulators.Replay;

namespace OmniIoT.Benchmarks.Anomalies;

/// <summary>Made-up series of two or more weeks, the same for the same seed: like sensors and counters, with known faults.</summary>
internal static class SyntheticSeries
{
    private const int Readings = 4032;
    private const double WindowShare = 0.1;
    private static readonly Instant Start = Instant.FromTime(new DateTimeOffset(2026, 1, 5, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Faults that the detector was developed on.</summary>
    public static IReadOnlyList<FaultKind> Developed { get; } =
    [FaultKind.None, FaultKind.Spike, FaultKind.LevelShift, FaultKind.MissingPeak, FaultKind.MoreNoise, FaultKind.SlowDrift];

    /// <summary>Faults that it was never tried on while it was developed.</summary>
    public static IReadOnlyList<FaultKind> HeldOut { get; } =
    [
        FaultKind.Dip,
        FaultKind.ExtraPeak,
        FaultKind.FlatLine,
        FaultKind.ChangedSeason,
        FaultKind.LessNoise,
        FaultKind.Gap,
        FaultKind.StrangeTransition,
    ];

    /// <summary>A series for each kind of signal and of fault, several times.</summary>
    public static IReadOnlyList<LabelledSeries> Make(IReadOnlyList<FaultKind> faults, int repetitions, int seed) =>
        [
            .. from signal in Enum.GetValues<SignalKind>()
            from fault in faults
            from repetition in Enumerable.Range(0, repetitions)
            select Make(signal, fault, new Random(HashCode(signal, fault, repetition, seed)), repetition),
        ];

    private static int HashCode(SignalKind signal, FaultKind fault, int repetition, int seed) =>
        (((((seed * 31) + (int)signal) * 31) + (int)fault) * 31) + repetition;

    private static LabelledSeries Make(SignalKind signal, FaultKind fault, Random random, int repetition)
    {
        TimeSpan interval = repetition % 3 == 2 ? TimeSpan.FromHours(1) : TimeSpan.FromMinutes(5);
        int perDay = (int)(TimeSpan.FromDays(1) / interval);
        double[] values = SyntheticSignal.Make(signal, Readings, perDay, random);
        int count = fault == FaultKind.None ? 0 : random.Next(1, 4);
        List<int> faulty = [];
        for (int i = 0; i < count; i++)
        {
            // Behind the time to learn, and apart from each other.
            int from = Readings / 4;
            int share = (Readings - from) / count;
            faulty.Add(from + (i * share) + random.Next(share / 4, share * 3 / 4));
        }
        long[] late = new long[Readings];
        foreach (int at in faulty)
            SyntheticFault.Put(fault, values, at, perDay, random, late, interval);
        int half = count == 0 ? 0 : (int)(Readings * WindowShare / count / 2);
        RecordedValue[] readings = new RecordedValue[Readings];
        for (int i = 0; i < Readings; i++)
            readings[i] = new RecordedValue(Start + (interval * i) + TimeSpan.FromMilliseconds(late[i]), Math.Round(values[i], 4));
        return new LabelledSeries(
            $"{signal}/{fault}-{repetition}",
            readings,
            [.. faulty.Select(at => new FailureWindow(readings[Math.Max(at - half, 0)].At, readings[Math.Min(at + half, Readings - 1)].At))]
        );
    }
}
