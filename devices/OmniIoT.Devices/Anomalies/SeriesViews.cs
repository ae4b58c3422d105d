namespace OmniIoT.Devices.Anomalies;

/// <summary>
/// What is usual for a series, learnt as it goes on: its level and spread, how it steps, its hours. No reading counts as farther out
/// than six spreads once a dozen are known, so that nothing is lost by an extreme one.
/// </summary>
internal sealed class SeriesViews
{
    private const double LargestDeviations = 6;

    /// <summary>A signal that hardly moves is given so much of its level, so that its last digit is no anomaly.</summary>
    private const double SmallestRelativeSpread = 2e-4;
    private const double SmallestSpread = 1e-9;
    private const int LevelMemory = 200;
    private const int SpreadMemory = 200;
    private const int ShortMean = 12;
    private const int ShiftShort = 6;
    private const int ShiftLong = 30;

    /// <summary>Until then the short means and what follows what are not known.</summary>
    private const int Settled = 40;

    /// <summary>A run of equal readings as short as this is chance.</summary>
    private const int ChanceRun = 6;
    private const double EqualSteps = 1e-3;
    private const long DayMs = 86_400_000;
    private const long HoursOfDayKnownAfterMs = 3 * DayMs;
    private const long HoursOfWeekKnownAfterMs = 15 * DayMs;

    /// <summary>The running sum grows only by what is beyond a spread.</summary>
    private const double DriftSlack = 1;
    private const double LargestDrift = 1000;

    private readonly SeasonProfile _day = new(24);
    private readonly SeasonProfile _week = new(168);
    private readonly LevelTransitions _transitions = new();
    private long _firstAt;
    private double _previous;
    private double _stepSpread;
    private double _shortMean;
    private double _shiftShort;
    private double _shiftLong;
    private double _noise;
    private double _usualNoise;
    private double _dayResidual;
    private double _driftUp;
    private double _driftDown;
    private int _run;
    private double _offset;

    public const int Bytes = (24 * 5) + (168 * 5) + 16 + LevelTransitions.Bytes + (15 * sizeof(double));

    /// <summary>Readings taken.</summary>
    public int Count { get; private set; }

    public double Level { get; private set; }

    /// <summary>Mean distance from the level.</summary>
    public double Spread { get; private set; }

    public double Smallest => Math.Max(Math.Abs(Level) * SmallestRelativeSpread, SmallestSpread);

    /// <summary>A logarithm: positive when it varies more than it did.</summary>
    public double NoiseRatio { get; private set; }

    /// <summary>
    /// How many times the steps between readings are what they used to be, of late; steps beyond six usual ones count as six.
    /// </summary>
    public double NoiseTimes => Math.Exp(NoiseRatio);

    /// <summary>From the reading before.</summary>
    public double StepTo(double value) => value - _previous;

    /// <summary>Readings that were equal to the one before, up to the newest.</summary>
    public int Run => _run;

    /// <summary>A series that is mostly flat is not told so.</summary>
    public bool IsFlat => _run > ChanceRun && _run < Count / 4;

    /// <summary>Of the day; 0 until some days are known.</summary>
    public double SeasonAt(long at) => KnowsDay(at) ? _day.Expected(at) : 0;

    public double SpreadAt(long at) => Math.Max(KnowsDay(at) ? _day.Spread : Spread, Smallest);

    public bool WasAboveSeason => _dayResidual > 0;

    public void Start(double value, long at)
    {
        (_firstAt, _previous, Level) = (at, value, value);
        (_shortMean, _shiftShort, _shiftLong) = (value, value, value);
        Count = 1;
    }

    /// <summary>What is seen of a reading, by <see cref="AnomalyView"/>; NaN where too little is known.</summary>
    public void Look(double value, long at, Span<double> seen)
    {
        seen.Fill(double.NaN);
        double spread = Math.Max(Spread, Smallest);
        double stepSpread = Math.Max(_stepSpread, Smallest);
        double step = Math.Abs(value - _previous);
        _offset = value - Level;
        seen[(int)AnomalyView.Step] = Logarithm(step / stepSpread);
        seen[(int)AnomalyView.Above] = Logarithm(Math.Max(_offset, 0) / spread);
        seen[(int)AnomalyView.Below] = Logarithm(Math.Max(-_offset, 0) / spread);
        LookAtMeans(spread, seen);
        LookAtNoise(Math.Min(step, LargestDeviations * stepSpread), seen);
        LookAtHours(at, seen);
        _run = step <= EqualSteps * stepSpread ? Math.Min(_run + 1, int.MaxValue / 2) : 0;
        seen[(int)AnomalyView.FlatLine] = Math.Log(Math.Max(_run, ChanceRun));
        double surprise = _transitions.Take(_offset / spread);
        if (Count > Settled)
            seen[(int)AnomalyView.Transition] = surprise;
    }

    /// <summary>Learns the reading that was looked at.</summary>
    public void Learn(double value, long at)
    {
        double smallest = Smallest;
        double spread = Math.Max(Spread, smallest);
        double stepSpread = Math.Max(_stepSpread, smallest);
        double step = Math.Abs(value - _previous);
        double offset = Clamped(_offset, spread);
        double weight = 1.0 / Math.Min(Count, LevelMemory);
        double spreadWeight = 1.0 / Math.Min(Count, SpreadMemory);
        _day.Learn(at, _offset, spreadWeight, smallest);
        _week.Learn(at, _offset, spreadWeight, smallest);
        Level += offset * weight;
        Spread += (Math.Abs(offset) - Spread) * spreadWeight;
        if (Count < ShortMean)
            Spread = Math.Max(Spread, Math.Abs(_offset) / Count);
        _stepSpread = Count == 1 ? step : _stepSpread + ((Math.Min(step, LargestDeviations * stepSpread) - _stepSpread) * spreadWeight);
        _usualNoise += (Math.Min(step, LargestDeviations * stepSpread) - _usualNoise) * spreadWeight;
        _previous = value;
        Count = Math.Min(Count + 1, int.MaxValue / 2);
    }

    /// <summary>What was usual before is usual again.</summary>
    public void Return(double level, double spread, double value)
    {
        (Level, Spread) = (level, spread);
        (_shortMean, _shiftShort, _shiftLong) = (value, value, value);
    }

    public void Write(SnapshotWriter writer)
    {
        writer.Int64(_firstAt);
        writer.Int32(Count);
        writer.Int32(_run);
        foreach (
            double number in (ReadOnlySpan<double>)
                [
                    _previous,
                    Level,
                    Spread,
                    _stepSpread,
                    _shortMean,
                    _shiftShort,
                    _shiftLong,
                    _noise,
                    _usualNoise,
                    _dayResidual,
                    _driftUp,
                    _driftDown,
                ]
        )
            writer.Double(number);
        _day.Write(writer);
        _week.Write(writer);
        _transitions.Write(writer);
    }

    public void Read(ref SnapshotReader reader)
    {
        _firstAt = reader.Int64();
        Count = reader.Int32();
        _run = reader.Int32();
        _previous = reader.Double();
        Level = reader.Double();
        Spread = reader.Double();
        _stepSpread = reader.Double();
        _shortMean = reader.Double();
        _shiftShort = reader.Double();
        _shiftLong = reader.Double();
        _noise = reader.Double();
        _usualNoise = reader.Double();
        _dayResidual = reader.Double();
        _driftUp = reader.Double();
        _driftDown = reader.Double();
        _day.Read(ref reader);
        _week.Read(ref reader);
        _transitions.Read(ref reader);
    }

    private void LookAtMeans(double spread, Span<double> seen)
    {
        double value = Level + Clamped(_offset, spread);
        _shortMean += (value - _shortMean) / ShortMean;
        _shiftShort += (value - _shiftShort) / ShiftShort;
        _shiftLong += (value - _shiftLong) / ShiftLong;
        seen[(int)AnomalyView.MeanAbove] = Logarithm(Math.Max(_shortMean - Level, 0) / spread);
        seen[(int)AnomalyView.MeanBelow] = Logarithm(Math.Max(Level - _shortMean, 0) / spread);
        seen[(int)AnomalyView.Shift] = Logarithm(Math.Abs(_shiftShort - _shiftLong) / spread);
    }

    private void LookAtNoise(double step, Span<double> seen)
    {
        const double LeastRatio = 3;
        double least = Smallest * 0.1;
        _noise += (step - _noise) / ShortMean;
        NoiseRatio = Math.Log((_noise + least) / Math.Max(_usualNoise, least));
        if (Count <= Settled)
            return;
        seen[(int)AnomalyView.MoreNoise] = Math.Max(NoiseRatio, -LeastRatio);
        seen[(int)AnomalyView.LessNoise] = -NoiseRatio;
    }

    private void LookAtHours(long at, Span<double> seen)
    {
        double spread = Math.Max(_day.Spread, Smallest);
        double residual = _offset - _day.Expected(at);
        _dayResidual += (Clamped(residual, spread) - _dayResidual) / ShiftShort;
        if (!KnowsDay(at))
            return;
        seen[(int)AnomalyView.HourOfDay] = Logarithm(Math.Abs(residual) / spread);
        seen[(int)AnomalyView.HoursOfDay] = Logarithm(Math.Abs(_dayResidual) / spread);
        double deviations = Clamped(residual, spread) / spread;
        _driftUp = Math.Clamp(_driftUp + deviations - DriftSlack, 0, LargestDrift);
        _driftDown = Math.Clamp(_driftDown - deviations - DriftSlack, 0, LargestDrift);
        seen[(int)AnomalyView.Drift] = Logarithm(Math.Max(_driftUp, _driftDown));
        if (at - _firstAt > HoursOfWeekKnownAfterMs)
            seen[(int)AnomalyView.HourOfWeek] = Logarithm(Math.Abs(_offset - _week.Expected(at)) / Math.Max(_week.Spread, Smallest));
    }

    private bool KnowsDay(long at) => at - _firstAt > HoursOfDayKnownAfterMs;

    private static double Clamped(double distance, double spread) =>
        Math.Clamp(distance, -LargestDeviations * spread, LargestDeviations * spread);

    /// <summary>Nothing stands for a twentieth of what is usual: below that all is alike.</summary>
    private static double Logarithm(double ratio) => Math.Log(ratio + 0.05);
}
