using OmniIoT.Domain.Figures;

namespace OmniIoT.Domain.Voice;

/// <summary>What scores come to.</summary>
/// <param name="Csat">The mean, 1 to 5; null: nobody was asked so, or answered.</param>
/// <param name="Nps">Per cent that give 9 or 10, less per cent that give 0 to 6; -100 to 100.</param>
/// <param name="Ces">The mean, 1 to 7.</param>
/// <param name="Answers">How many scores.</param>
public readonly record struct VoiceScore(double? Csat, double? Nps, double? Ces, long Answers)
{
    private const int Promoter = 9;
    private const int Detractor = 6;

    /// <param name="scores">Of whichever measures: others than scores are left out.</param>
    public static VoiceScore Of(IEnumerable<(string Measure, int Score, long Times)> scores)
    {
        ILookup<string, (int Score, long Times)> by = scores.ToLookup(
            static one => one.Measure,
            static one => (one.Score, one.Times),
            StringComparer.Ordinal
        );
        return new VoiceScore(
            Mean(by[Measures.Csat]),
            NetPromoters(by[Measures.Nps]),
            Mean(by[Measures.Ces]),
            Count(by[Measures.Csat]) + Count(by[Measures.Nps]) + Count(by[Measures.Ces])
        );
    }

    /// <summary>The one number where one is wanted: satisfaction, else effort, else promoters.</summary>
    public double? First => Csat ?? Ces ?? Nps;

    private static double? Mean(IEnumerable<(int Score, long Times)> scores)
    {
        (long sum, long times) = (0, 0);
        foreach ((int score, long count) in scores)
            (sum, times) = (sum + (score * count), times + count);
        return times == 0 ? null : Math.Round((double)sum / times, 2);
    }

    private static double? NetPromoters(IEnumerable<(int Score, long Times)> scores)
    {
        (long balance, long times) = (0, 0);
        foreach ((int score, long count) in scores)
        {
            times += count;
            balance +=
                score >= Promoter ? count
                : score <= Detractor ? -count
                : 0;
        }
        return times == 0 ? null : Math.Round(100.0 * balance / times, 1);
    }

    private static long Count(IEnumerable<(int Score, long Times)> scores) => scores.Sum(static one => one.Times);
}
