using OmniIoT.Ports.Queries;

namespace OmniIoT.Sql;

/// <summary>The box around a geometry as columns hold it: ten-millionths of a degree, about a centimetre.</summary>
internal readonly record struct DocumentBox(long West, long South, long East, long North)
{
    private const double PerDegree = 1e7;

    /// <summary>Meets no area: south of everything begins north of the pole.</summary>
    public static DocumentBox Nowhere { get; } = new(long.MaxValue, long.MaxValue, long.MinValue, long.MinValue);

    public static DocumentBox Of(Area area) =>
        new(Floor(area.WestDegrees), Floor(area.SouthDegrees), Ceiling(area.EastDegrees), Ceiling(area.NorthDegrees));

    private static long Floor(double degrees) => (long)Math.Floor(degrees * PerDegree);

    private static long Ceiling(double degrees) => (long)Math.Ceiling(degrees * PerDegree);
}
