using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Anomalies;

/// <summary>
/// Scores the readings of one series as they come, with nothing but what came before them: no training, no settings. Several cheap views
/// are each calibrated by their own tail, and their surprise by one more, so that all series flag about equally often.
/// The same readings end in the same scores, restarts or not. Not safe for concurrent use.
/// </summary>
public sealed partial class AnomalyDetector
{
    /// <summary>Readings before which nothing is unusual.</summary>
    private const int WarmUp = 60;

    /// <summary>Readings until the tails are trusted in full.</summary>
    private const double Trusted = 1000;

    /// <summary>Farther out all numbers are alike, so that no sum overflows and single precision holds it.</summary>
    private const double Largest = 1e30;

    /// <summary>In spreads, to both sides of what is expected.</summary>
    private const double BandSpreads = 4;

    /// <summary>The second most surprising view adds so much of its surprise.</summary>
    private const double SecondView = 0.5;

    /// <summary>Of the logarithms of distances.</summary>
    private const double ViewExcess = 0.2;

    /// <summary>Of what is itself a surprise.</summary>
    private const double SurpriseExcess = 0.5;

    private readonly SeriesViews _views = new();
    private readonly AnomalyEvent _event = new();
    private readonly TailFit[] _tails = NewTails();
    private readonly TailFit _overall = new(SurpriseExcess);

    /// <summary>Of the newest reading: NaN until enough are known.</summary>
    public double NewestScore { get; private set; } = double.NaN;

    /// <summary>Of the newest reading: the least that was expected; NaN until enough are known.</summary>
    public double Low { get; private set; } = double.NaN;

    /// <summary>Of the newest reading: the most that was expected; NaN until enough are known.</summary>
    public double High { get; private set; } = double.NaN;

    /// <summary>Of the newest reading.</summary>
    public AnomalyReason Reason { get; private set; }

    /// <summary>
    /// How much of what the reason says. <see cref="AnomalyReason.MoreNoise"/> and <see cref="AnomalyReason.LessNoise"/>: how many times it
    /// varies what it used to; <see cref="AnomalyReason.FlatLine"/>: readings in a row that are equal;
    /// <see cref="AnomalyReason.Step"/>: at its onset from the reading before; all others: from what was expected, while an event lasts
    /// before it; both in the metric's unit, below 0 downwards. NaN without a reason, and after a restart until the next reading.
    /// </summary>
    public double Amount { get; private set; } = double.NaN;

    /// <summary>
    /// How unusual a reading is, from 0 to 1, and learns it. NaN for the first 60. Above 0.99 while something unusual lasts, and above
    /// 0.999 at its onset only, the more the more surprising it is.
    /// </summary>
    /// <param name="value">Any number; NaN is left out.</param>
    /// <param name="at">Device time, not before the reading before.</param>
    public double Score(double value, Instant at)
    {
        if (double.IsNaN(value))
            return NewestScore;
        double number = Math.Clamp(value, -Largest, Largest);
        long time = at.UnixMilliseconds;
        if (_views.Count == 0)
            _views.Start(number, time);
        else
            Take(number, time);
        return NewestScore;
    }

    /// <summary>The tails of few readings are rough.</summary>
    private double Trust => Math.Sqrt(Math.Min(_views.Count / Trusted, 1));

    private void Take(double value, long at)
    {
        bool isKnown = _views.Count >= WarmUp;
        Expect(at, isKnown);
        Span<double> seen = stackalloc double[(int)AnomalyView.Count];
        _views.Look(value, at, seen);
        bool hasEnded = _event.EndsWith(value, at, _views);
        (double surprise, AnomalyView view) = Surprise(seen);
        for (int i = 0; i < seen.Length; i++)
        {
            if (!double.IsNaN(seen[i]))
                _tails[i].Learn(seen[i]);
        }
        if (isKnown)
        {
            double overall = hasEnded ? 0 : _overall.Surprise(surprise) * Trust;
            _overall.Learn(surprise);
            NewestScore = _event.Score(overall, view, value, at, _views);
            Reason =
                NewestScore <= AnomalyEvent.LastingScore - 0.005 ? AnomalyReason.None : ReasonOf(_event.Lasts ? _event.View : view, value);
            Amount = AmountOf(Reason, value, at);
        }
        _views.Learn(value, at);
        if (hasEnded && _event.MovedLevel)
            _views.Return(_event.Level, _event.Spread, value);
    }

    private void Expect(long at, bool isKnown)
    {
        if (!isKnown)
            return;
        double middle = _views.Level + _views.SeasonAt(at);
        double reach = BandSpreads * _views.SpreadAt(at);
        (Low, High) = (middle - reach, middle + reach);
    }

    private (double Surprise, AnomalyView View) Surprise(ReadOnlySpan<double> seen)
    {
        (double first, double second, int view) = (0, 0, 0);
        for (int i = 0; i < seen.Length; i++)
        {
            bool isKnown = !double.IsNaN(seen[i]) && (i != (int)AnomalyView.FlatLine || _views.IsFlat);
            double surprise = isKnown ? _tails[i].Surprise(seen[i]) : 0;
            if (surprise > first)
                (first, second, view) = (surprise, first, i);
            else if (surprise > second)
                second = surprise;
        }
        return (first + (SecondView * second), (AnomalyView)view);
    }

    private AnomalyReason ReasonOf(AnomalyView view, double value) =>
        view switch
        {
            AnomalyView.Step => AnomalyReason.Step,
            AnomalyView.Above or AnomalyView.MeanAbove => AnomalyReason.Higher,
            AnomalyView.Below or AnomalyView.MeanBelow => AnomalyReason.Lower,
            AnomalyView.Shift => AnomalyReason.LevelMoved,
            AnomalyView.MoreNoise => AnomalyReason.MoreNoise,
            AnomalyView.LessNoise => AnomalyReason.LessNoise,
            AnomalyView.Drift => AnomalyReason.Drift,
            AnomalyView.FlatLine => AnomalyReason.FlatLine,
            AnomalyView.Transition => AnomalyReason.RareTransition,
            _ => value > (Low + High) / 2 ? AnomalyReason.ExtraPeak : AnomalyReason.MissingPeak,
        };

    /// <summary>Before the reading is learnt.</summary>
    private double AmountOf(AnomalyReason reason, double value, long at) =>
        reason switch
        {
            AnomalyReason.None => double.NaN,
            AnomalyReason.MoreNoise or AnomalyReason.LessNoise => _views.NoiseTimes,
            AnomalyReason.FlatLine => _views.Run + 1,
            AnomalyReason.Step when !_event.Lasts || _event.IsOnset => _views.StepTo(value),
            _ => value - (_event.Lasts ? _event.Level : _views.Level) - _views.SeasonAt(at),
        };

    private static TailFit[] NewTails()
    {
        TailFit[] tails = new TailFit[(int)AnomalyView.Count];
        for (int i = 0; i < tails.Length; i++)
            tails[i] = new TailFit(i == (int)AnomalyView.Transition ? SurpriseExcess : ViewExcess);
        return tails;
    }
}
