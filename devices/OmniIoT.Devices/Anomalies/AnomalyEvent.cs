namespace OmniIoT.Devices.Anomalies;

/// <summary>
/// An event is told once, at its onset, and lasts until the series is back to what it was before. What comes soon after must be the
/// more surprising to be an onset of its own.
/// </summary>
internal sealed class AnomalyEvent
{
    /// <summary>Scores at and above are onsets.</summary>
    public const double OnsetScore = 0.999;

    /// <summary>Score of a reading of an event that lasts.</summary>
    public const double LastingScore = 0.995;

    /// <summary>In nats: once in some hundred readings of a series that is as it was.</summary>
    private const double OnsetSurprise = 6;

    private const double MostUnsurprising = 0.9;

    /// <summary>So fast is an onset forgotten, in readings.</summary>
    private const double Refractory = 200;
    private const double RefractoryStep = 0.005;
    private const double HighestBar = 12;

    /// <summary>An event ends when no more than this is left of what began it.</summary>
    private const double Left = 0.5;

    /// <summary>So many spreads away from the level, or it cannot be told whether it lasts.</summary>
    private const double LeastDeviations = 3;

    /// <summary>What has lasted for so many readings is usual.</summary>
    private const int Longest = 10_000;

    private double _bar;
    private double _limit;
    private int _lasted;

    public const int Bytes = (4 * sizeof(double)) + (2 * sizeof(int));

    public bool Lasts => _lasted > 0;

    /// <summary>Whether it lasts since the newest reading.</summary>
    public bool IsOnset => _lasted == 1;

    /// <summary>What began it; of none, what was looked at last.</summary>
    public AnomalyView View { get; private set; }

    /// <summary>Before it.</summary>
    public double Level { get; private set; }

    /// <inheritdoc cref="Level"/>
    public double Spread { get; private set; }

    /// <summary>Whether the reading ends it.</summary>
    public bool EndsWith(double value, long at, SeriesViews views)
    {
        if (!Lasts)
            return false;
        _lasted++;
        if (_lasted <= Longest && Extent(value, at, views) >= _limit)
            return false;
        _lasted = 0;
        return true;
    }

    /// <summary>Whether an event that ended has left the level for a while, which is forgotten with it.</summary>
    public bool MovedLevel => View is not (AnomalyView.MoreNoise or AnomalyView.LessNoise or AnomalyView.FlatLine);

    /// <summary>Of a reading, before it is learnt: 0 to 1.</summary>
    public double Score(double surprise, AnomalyView view, double value, long at, SeriesViews views)
    {
        _bar = Math.Max(0, (_bar * (1 - (1 / Refractory))) - RefractoryStep);
        if (surprise >= OnsetSurprise + _bar)
        {
            _bar = Math.Min(surprise, HighestBar);
            if (!Lasts)
                Begin(view, value, at, views);
            return 1 - ((1 - OnsetScore) * OnsetSurprise / surprise);
        }
        return Lasts ? LastingScore : MostUnsurprising * (1 - Math.Exp(-surprise / 2));
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Double(_bar);
        writer.Double(_limit);
        writer.Double(Level);
        writer.Double(Spread);
        writer.Int32(_lasted);
        writer.Int32((int)View);
    }

    public void Read(ref SnapshotReader reader)
    {
        _bar = reader.Double();
        _limit = reader.Double();
        Level = reader.Double();
        Spread = reader.Double();
        _lasted = reader.Int32();
        View = (AnomalyView)Math.Clamp(reader.Int32(), 0, (int)AnomalyView.Count - 1);
    }

    private void Begin(AnomalyView view, double value, long at, SeriesViews views)
    {
        (View, Level, Spread) = (view, views.Level, Math.Max(views.Spread, views.Smallest));
        double extent = Extent(value, at, views);
        _limit = extent * Left;
        _lasted = !MovedLevel || extent > LeastDeviations * Spread ? 1 : 0;
    }

    /// <summary>How far it is from what it was before, in the measure of what began it.</summary>
    private double Extent(double value, long at, SeriesViews views) =>
        View switch
        {
            AnomalyView.MoreNoise => Math.Max(views.NoiseRatio, 0),
            AnomalyView.LessNoise => Math.Max(-views.NoiseRatio, 0),
            AnomalyView.FlatLine => views.Run,
            AnomalyView.HourOfDay or AnomalyView.HoursOfDay or AnomalyView.HourOfWeek or AnomalyView.Drift => Math.Abs(
                value - Level - views.SeasonAt(at)
            ),
            _ => Math.Abs(value - Level),
        };
}
