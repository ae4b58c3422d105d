namespace OmniIoT.Domain.Places.Index;

/// <summary>
/// The earth in whole numbers: columns from −180° eastwards, 2³² of them once around, and as fine rows from −90° northwards (9 mm at the
/// equator). Cells of any size are runs of 2ⁿ columns and rows, so that a point's cell is its column and row shifted. Only which cells
/// a point lies in comes from here; whether a border lies to its left or right is always asked of the coordinates themselves.
/// </summary>
internal static class Grid
{
    /// <summary>Columns, or rows, of one degree.</summary>
    public const double PerDegree = Around / 360.0;

    /// <summary>Columns once around the earth.</summary>
    public const long Around = 1L << 32;

    /// <summary>Rows from pole to pole.</summary>
    public const long Rows = 1L << 31;

    /// <summary>The column of a longitude within ±180; 180 is −180.</summary>
    public static uint Column(double longitude) => (uint)(long)((longitude + 180) * PerDegree);

    /// <summary>The row of a latitude; never decreases with it.</summary>
    public static uint Row(double latitude) => (uint)Math.Min((long)((latitude + 90) * PerDegree), Rows - 1);

    /// <summary>Longitude of the western side of a column, within ±180.</summary>
    public static double Longitude(double column) =>
        (column / PerDegree) - 180 is var longitude && longitude > 180 ? longitude - 360 : longitude;

    /// <summary>Latitude of the southern side of a row.</summary>
    public static double Latitude(double row) => (row / PerDegree) - 90;
}
