using OmniIoT.Devices.Metrics;

namespace OmniIoT.Devices.Rules.Windows;

/// <summary>
/// What a window keeps of one reading, or of a few neighbours that were merged: enough for every window function, without
/// the readings themselves.
/// </summary>
internal struct WindowPane
{
    public long FirstAt;
    public long LastAt;

    /// <summary>Readings of any kind.</summary>
    public long Count;

    /// <summary>Those among them that are numbers; all that follows is about these.</summary>
    public long Numbers;
    public PreciseSum Total;

    /// <summary>Standard deviation of these: unlike a sum of squares it loses no digits, and it is no larger than the numbers.</summary>
    public double Deviation;
    public double Least;
    public double Most;
    public double First;
    public double Last;

    /// <summary>What a counter had counted before it began anew, for each time that it did.</summary>
    public double Lost;
    public long FirstNumberAt;
    public long LastNumberAt;

    public readonly double Mean => Numbers == 1 ? First : Total.Mean(Numbers, Least, Most);

    /// <summary>How far a counter counted, over its beginnings at zero; never negative.</summary>
    public readonly double Increase => Math.Max(0, Last - First + Lost);

    /// <summary>A reading of its own; NaN is a reading that is no number, or an event.</summary>
    public static WindowPane Of(long at, double value) =>
        double.IsNaN(value)
            ? new()
            {
                FirstAt = at,
                LastAt = at,
                Count = 1,
            }
            : new()
            {
                FirstAt = at,
                LastAt = at,
                Count = 1,
                Numbers = 1,
                Total = PreciseSum.FromParts(value, 0),
                Least = value,
                Most = value,
                First = value,
                Last = value,
                FirstNumberAt = at,
                LastNumberAt = at,
            };

    /// <summary>Takes in what came after it, for good.</summary>
    public void Merge(in WindowPane later)
    {
        Deviation =
            later.Numbers == 0 ? Deviation
            : Numbers == 0 ? later.Deviation
            : DeviationWith(later);
        Add(later);
    }

    /// <summary>Takes in what came after it, but for the deviation.</summary>
    public void Add(in WindowPane later)
    {
        if (Count == 0)
            FirstAt = later.FirstAt;
        LastAt = later.LastAt;
        Count += later.Count;
        if (later.Numbers == 0)
            return;
        if (Numbers == 0)
        {
            (Least, Most, First, FirstNumberAt) = (later.Least, later.Most, later.First, later.FirstNumberAt);
            (Last, LastNumberAt, Lost) = (later.Last, later.LastNumberAt, later.Lost);
        }
        else
        {
            (Least, Most) = (Math.Min(Least, later.Least), Math.Max(Most, later.Most));
            TakeLast(later);
        }
        Total.Add(later.Total);
        Numbers += later.Numbers;
    }

    /// <summary>
    /// Of both together: Chan, Golub and LeVeque, Updating Formulae and a Pairwise Algorithm for Computing Sample Variances, 1979. In
    /// roots and halves, because squares and distances of large numbers overflow.
    /// </summary>
    private readonly double DeviationWith(in WindowPane later)
    {
        (double mine, double its) = ((double)Numbers / (Numbers + later.Numbers), (double)later.Numbers / (Numbers + later.Numbers));
        double within = double.Hypot(Math.Sqrt(mine) * Deviation, Math.Sqrt(its) * later.Deviation);
        return double.Hypot(within, 2 * Math.Sqrt(mine * its) * (later.Mean / 2 - Mean / 2));
    }

    /// <summary>A late reading that fell among merged ones is not the last, nor was anything begun anew with it.</summary>
    private void TakeLast(in WindowPane later)
    {
        if (later.First < Last && later.FirstNumberAt >= LastNumberAt)
            Lost += Last;
        Lost += later.Lost;
        if (later.LastNumberAt >= LastNumberAt)
            (Last, LastNumberAt) = (later.Last, later.LastNumberAt);
    }
}
