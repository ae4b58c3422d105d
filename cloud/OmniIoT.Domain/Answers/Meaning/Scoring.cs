namespace OmniIoT.Domain.Answers.Meaning;

/// <summary>How shares of words that meet become a score. The numbers were chosen on the tuning half of the measured questions.</summary>
internal static class Scoring
{
    /// <summary>A word that was said in another way, by meaning.</summary>
    public const double ByMeaning = 0.9;

    /// <summary>What a word counts that no entry knows, beside the rarest of those that some know.</summary>
    public const double Unknown = 0.3;

    /// <summary>What a word counts that is said of nearly everything.</summary>
    public const double Weak = 0.35;

    /// <summary>A word that stands only in what is said at length.</summary>
    public const double WordOfText = 0.5;

    /// <summary>Its meaning that does.</summary>
    public const double MeaningOfText = 0.55;

    private const double CoveredShare = 0.65;

    private const double KeywordFloor = 0.55;

    /// <param name="covered">The share of the question that a phrase says.</param>
    /// <param name="said">The share of the phrase that the question says.</param>
    public static double OfPhrase(double covered, double said) => (CoveredShare * covered) + ((1 - CoveredShare) * said);

    /// <summary>A keyword that the question says in full is a sign, however long the question is.</summary>
    public static double OfKeyword(double covered, double said) =>
        said > ByMeaning ? KeywordFloor + ((1 - KeywordFloor) * covered) : OfPhrase(covered, said) * said;

    /// <summary>That an article has the words somewhere says less than that it is named so.</summary>
    public static double OfText(double covered) => 0.85 * covered;

    /// <summary>What a question is about, by what its words mean, tells more than how much of its story is known.</summary>
    /// <param name="meant">The share of what its words mean that is met.</param>
    /// <param name="covered">The share of all its words that is.</param>
    public static double OfMeaning(double meant, double covered) => (0.6 * meant) + (0.3 * covered);

    /// <summary>How sure the best is: less when another is nearly as good.</summary>
    /// <param name="second">Of the best other; 0: there is none.</param>
    public static double Confidence(double first, double second)
    {
        if (first <= 0)
            return 0;
        double nearness = Math.Max(0, (second / first) - 0.85) / 0.15;
        return first * (1 - (0.3 * nearness));
    }
}
