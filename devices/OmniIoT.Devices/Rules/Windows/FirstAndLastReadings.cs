namespace OmniIoT.Devices.Rules.Windows;

/// <summary>The first and the last of readings that are numbers, and what a counter lost in between.</summary>
internal struct FirstAndLastReadings : IWindowContent<FirstAndLastReadings>
{
    private bool _isKnown;
    private double _first;
    private double _last;
    private long _firstAt;
    private long _lastAt;

    /// <summary>What a counter had counted before it began anew, for each time that it did.</summary>
    private double _lost;

    public static int MostBytes => 2 + (2 * 6) + (3 * sizeof(double));

    public static bool KeepsReadings => true;

    public readonly double Reading => _isKnown ? _first : double.NaN;

    public static FirstAndLastReadings Of(long at, double value) =>
        double.IsNaN(value)
            ? default
            : new()
            {
                _isKnown = true,
                _first = value,
                _last = value,
                _firstAt = at,
                _lastAt = at,
            };

    public static FirstAndLastReadings Of(in MergedReadings merged) =>
        merged.Numbers == 0
            ? default
            : new()
            {
                _isKnown = true,
                _first = merged.First,
                _last = merged.Last,
                _firstAt = merged.FirstNumberAt,
                _lastAt = merged.LastNumberAt,
                _lost = merged.Lost,
            };

    /// <summary>
    /// Of a late reading between readings that are known no more nothing is taken: it is neither the first nor the last, and whether a
    /// counter began anew with it nobody can tell.
    /// </summary>
    public void Add(in FirstAndLastReadings other)
    {
        if (!other._isKnown)
            return;
        if (!_isKnown)
            this = other;
        else if (other._firstAt >= _lastAt)
            Append(other);
        else if (other._lastAt < _firstAt)
        {
            FirstAndLastReadings earlier = other;
            earlier.Append(this);
            this = earlier;
        }
    }

    public readonly double Evaluate(WindowFunction function) =>
        !_isKnown
            ? double.NaN
            : function switch
            {
                WindowFunction.Delta => _last - _first,
                WindowFunction.Increase => Increase,
                WindowFunction.Rate => (_last - _first) / Seconds,
                WindowFunction.IncreaseRate => Increase / Seconds,
                _ => throw new ArgumentOutOfRangeException(nameof(function), function, null),
            };

    public readonly void Write(SnapshotWriter writer, long paneAt)
    {
        writer.Byte(_isKnown ? (byte)1 : (byte)0);
        if (!_isKnown)
            return;
        writer.Unsigned((ulong)(_firstAt - paneAt));
        writer.Unsigned((ulong)(_lastAt - _firstAt));
        writer.Double(_first);
        writer.Double(_last);
        writer.Double(_lost);
    }

    public static FirstAndLastReadings Read(ref SnapshotReader reader, long paneAt)
    {
        if (reader.Byte() == 0)
            return default;
        long firstAt = paneAt + (long)reader.Unsigned();
        return new()
        {
            _isKnown = true,
            _firstAt = firstAt,
            _lastAt = firstAt + (long)reader.Unsigned(),
            _first = reader.Double(),
            _last = reader.Double(),
            _lost = reader.Double(),
        };
    }

    /// <summary>How far a counter counted, over its beginnings at zero; never negative.</summary>
    private readonly double Increase => Math.Max(0, _last - _first + _lost);

    /// <summary>Of one reading 0: it has no rate, since 0/0 is not a number, thus unknown.</summary>
    private readonly double Seconds => (_lastAt - _firstAt) / 1000.0;

    private void Append(in FirstAndLastReadings later)
    {
        if (later._first < _last)
            _lost += _last;
        _lost += later._lost;
        (_last, _lastAt) = (later._last, later._lastAt);
    }
}
