using System.Runtime.InteropServices;

namespace OmniIoT.Domain.Places.Index;

/// <summary>What is known of all points of a cell.</summary>
internal enum CellState
{
    Outside,
    Inside,

    /// <summary>An exact test is needed.</summary>
    Edge,
}

/// <summary>
/// Where a fence lies on the grid: some cells by some cells that hold all of it, of 2^Shift columns and rows each. It may run on across
/// the antimeridian, or once around.
/// </summary>
/// <param name="Column">Of the western cells, in cells.</param>
/// <param name="Row">Of the southern cells, in cells.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly record struct RasterFrame(uint Column, uint Row, byte Shift, byte Width, byte Height)
{
    private uint LastColumn => uint.MaxValue >> Shift;

    public int Bytes => ((Width * Height) + 3) / 4;

    /// <summary>The frame of the least cells that are at most so many either way.</summary>
    /// <param name="west">In columns, with its margin; below 0 west of the antimeridian.</param>
    public static RasterFrame Over(double west, double south, double east, double north, int most)
    {
        (long left, long right) = ((long)Math.Floor(west), (long)Math.Floor(east));
        (long bottom, long top) = ((long)Math.Max(south, 0), (long)Math.Min(north, Grid.Rows - 1));
        int shift = 0;
        while (Cells(left, right, shift) > most || Cells(bottom, top, shift) > most)
            shift++;
        long around = Grid.Around >> shift;
        bool isAround = Cells(left, right, shift) >= around;
        return new RasterFrame(
            isAround ? 0 : (uint)((left >> shift) & (around - 1)),
            (uint)(bottom >> shift),
            (byte)shift,
            (byte)(isAround ? around : Cells(left, right, shift)),
            (byte)Cells(bottom, top, shift)
        );
    }

    /// <summary>Which of the frame's cells a point of the grid lies in, row by row; −1 beside it.</summary>
    public int CellOf(uint column, uint row)
    {
        uint x = ((column >> Shift) - Column) & LastColumn;
        uint y = (row >> Shift) - Row;
        return x < Width && y < Height ? (int)((y * Width) + x) : -1;
    }

    /// <summary>The frame's column of a column of cells, counted from −180° and on across the antimeridian.</summary>
    public long ColumnOf(long cells) => (cells - Column) & LastColumn;

    private static long Cells(long first, long last, int shift) => (last >> shift) - (first >> shift) + 1;
}

/// <summary>Two bits for each cell of a frame.</summary>
internal static class Raster
{
    public static CellState At(ReadOnlySpan<byte> raster, int cell) => (CellState)((raster[cell >> 2] >> ((cell & 3) << 1)) & 3);

    public static void Set(Span<byte> raster, int cell, CellState state) =>
        raster[cell >> 2] = (byte)((raster[cell >> 2] & ~(3 << ((cell & 3) << 1))) | ((int)state << ((cell & 3) << 1)));
}
