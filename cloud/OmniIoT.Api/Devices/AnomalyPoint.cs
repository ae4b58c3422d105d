using OmniIoT.Devices.Anomalies;
using OmniIoT.Devices.Time;

namespace OmniIoT.Api.Devices;

/// <summary>How unusual a reading was among all before it.</summary>
/// <param name="Score">0 to 1: above 0.99 while something unusual lasts, above 0.999 at its onset; null for the first 60 readings.</param>
/// <param name="Low">The least that was expected; null with the score.</param>
/// <param name="High">The most that was expected; null with the score.</param>
/// <param name="Why">In words; null when nothing is unusual.</param>
public sealed record AnomalyPoint(Instant At, double Value, double? Score, double? Low, double? High, string? Why)
{
    /// <summary>
    /// Kind of what is said: <c>higher lower step levelMoved moreNoise lessNoise extraPeak missingPeak drift flatLine rareTransition</c>;
    /// null when nothing is unusual.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>
    /// How much of what the reason says: of <c>moreNoise</c> and <c>lessNoise</c> how many times it varies what it used to; of
    /// <c>flatLine</c> readings in a row that were equal; of the onset of a <c>step</c> how far it is from the reading before; of all
    /// others from what was expected, both in the metric's unit and below 0 downwards. Null with the reason.
    /// </summary>
    public double? Amount { get; init; }

    /// <summary>Of the reading that the detector was given last.</summary>
    internal static AnomalyPoint Of(Instant at, double value, AnomalyDetector detector)
    {
        (string Kind, string Words)? reason = Say(detector.Reason);
        return new(at, value, Known(detector.NewestScore), Known(detector.Low), Known(detector.High), reason?.Words)
        {
            Reason = reason?.Kind,
            Amount = Known(detector.Amount),
        };
    }

    private static double? Known(double number) => double.IsNaN(number) ? null : number;

    private static (string Kind, string Words)? Say(AnomalyReason reason) =>
        reason switch
        {
            AnomalyReason.Higher => ("higher", "higher than it used to be"),
            AnomalyReason.Lower => ("lower", "lower than it used to be"),
            AnomalyReason.Step => ("step", "it leapt from one reading to the next"),
            AnomalyReason.LevelMoved => ("levelMoved", "its level has moved"),
            AnomalyReason.MoreNoise => ("moreNoise", "it varies more than it used to"),
            AnomalyReason.LessNoise => ("lessNoise", "it varies less than it used to"),
            AnomalyReason.ExtraPeak => ("extraPeak", "high for this hour, as a peak that does not belong here"),
            AnomalyReason.MissingPeak => ("missingPeak", "low for this hour, as where a peak is missing"),
            AnomalyReason.Drift => ("drift", "it has drifted away slowly"),
            AnomalyReason.FlatLine => ("flatLine", "it does not move any more"),
            AnomalyReason.RareTransition => ("rareTransition", "a change of level that is seldom seen"),
            _ => null,
        };
}
