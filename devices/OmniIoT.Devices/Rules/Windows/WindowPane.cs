namespace OmniIoT.Devices;

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
    public double Total;

    /// <summary>Sum of the squared distances from the mean: unlike a sum of squares it loses no digits.</summary>
    public double Spread;
    public double Least;
    public double Most;
    public double First;
    public double Last;
    public long FirstNumberAt;
    public long LastNumberAt;

    public readonly double Mean => Total / Numbers;

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
                Total = value,
                Least = value,
                Most = value,
                First = value,
                Last = value,
                FirstNumberAt = at,
                LastNumberAt = at,
            };

    /// <summary>Takes in what came after it.</summary>
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
            (Least, Most, First, FirstNumberAt) = (
                later.Least,
                later.Most,
                later.First,
                later.FirstNumberAt
            );
            Spread = later.Spread;
        }
        else
        {
            var distance = later.Mean - Mean;
            Spread +=
                later.Spread
                + distance * distance * Numbers * later.Numbers / (Numbers + later.Numbers);
            (Least, Most) = (Math.Min(Least, later.Least), Math.Max(Most, later.Most));
        }
        Total += later.Total;
        Numbers += later.Numbers;
        (Last, LastNumberAt) = (later.Last, later.LastNumberAt);
    }
}
