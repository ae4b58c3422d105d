using System.Collections.Immutable;
using NetTopologySuite.Operation.Valid;
using OmniIoT.Domain.Places;

namespace OmniIoT.Geometry.Tests;

/// <summary>Valid fences and awkward points, the same for the same seed.</summary>
internal sealed class RandomFences(int seed)
{
#pragma warning disable RS0030 // A seeded generator is what makes a failure repeatable.
    private readonly Random _random = new(seed);
#pragma warning restore RS0030

    private bool _cuts;

    /// <summary>Polygons and multipolygons of every size, around one city so that many overlap, and circles beside them.</summary>
    public List<Fence> Make(int count)
    {
        List<Fence> fences = [];
        while (fences.Count < count)
        {
            FenceGeometry? geometry = _random.Next(4) switch
            {
                0 => new Circle(Place(), Math.Pow(10, Between(1, 5))),
                1 => Valid(new MultiPolygon([.. Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Polygon())])),
                _ => Valid(Polygon()),
            };
            if (geometry is not null)
                fences.Add(new Fence($"f{fences.Count}", "site", "", geometry));
        }

        return fences;
    }

    /// <summary>Points on vertices, on edges as nearly as doubles allow, one step beside a vertex, and anywhere about.</summary>
    public Position PointNear(Fence fence)
    {
        if (fence.Geometry is Circle circle)
            return Offset(circle.Center, Between(0, 2 * circle.RadiusMeters / Geodesy.EarthRadiusMeters / Math.PI * 180));

        ImmutableArray<Position> ring = RingOf(fence.Geometry).Vertices;
        int i = _random.Next(ring.Length - 1);
        (Position a, Position b) = (ring[i], ring[i + 1]);
        double along = _random.NextDouble();
        return _random.Next(5) switch
        {
            0 => a,
            1 => new((a.LatitudeDegrees + b.LatitudeDegrees) / 2, (a.LongitudeDegrees + b.LongitudeDegrees) / 2),
            2 => new(
                a.LatitudeDegrees + (along * (b.LatitudeDegrees - a.LatitudeDegrees)),
                a.LongitudeDegrees + (along * (b.LongitudeDegrees - a.LongitudeDegrees))
            ),
            3 => new(Math.Min(Math.BitIncrement(a.LatitudeDegrees), 90), a.LongitudeDegrees),
            _ => Offset(a, Math.Abs(a.LatitudeDegrees - b.LatitudeDegrees) + 1e-4),
        };
    }

    public static FenceGeometry? Valid(FenceGeometry geometry) =>
        geometry switch
        {
            Polygon polygon => new IsValidOp(Oracle.Area(polygon)).IsValid ? polygon : null,
            MultiPolygon multi => new IsValidOp(Oracle.Area(multi)).IsValid ? multi : null,
            _ => null,
        };

    private static Ring RingOf(FenceGeometry geometry) =>
        geometry is MultiPolygon multi ? multi.Polygons[^1].Shell : ((Polygon)geometry).Holes.FirstOrDefault(((Polygon)geometry).Shell);

    private Polygon Polygon()
    {
        Position center = Place();
        double radius = Math.Pow(10, Between(-4, 0.5));
        _cuts = _random.Next(2) == 0;
        int vertices = _random.Next(10) == 0 ? _random.Next(100, 400) : _random.Next(3, 24);
        bool onGrid = _random.Next(3) == 0;
        Ring[] holes = _random.Next(2) == 0 ? [Star(center, radius * 0.4, 5, onGrid)] : [];
        return new Polygon(Star(center, radius, vertices, onGrid), [.. holes]);
    }

    // Vertices by rising angle never cross; on a coarse grid edges are often level, upright or in line with a point.
    private Ring Star(Position center, double radius, int vertices, bool onGrid)
    {
        double grid = radius / 8;
        List<Position> ring = [];
        for (int i = 0; i < vertices; i++)
        {
            double angle = (i + (_random.NextDouble() * 0.9)) * 2 * Math.PI / vertices;
            double reach = radius * Between(0.5, 1);
            (double y, double x) = (reach * Math.Sin(angle), reach * Math.Cos(angle));
            if (onGrid)
                (y, x) = (Math.Round(y / grid) * grid, Math.Round(x / grid) * grid);
            ring.Add(new Position(Math.Clamp(center.LatitudeDegrees + y, -90, 90), Longitude(center.LongitudeDegrees + x)));
        }

        return new Ring([.. ring, ring[0]]);
    }

    // Over the antimeridian, or cut off there.
    private double Longitude(double degrees) => _cuts ? Math.Clamp(degrees, -180, 180) : Unrolled.Rolled(degrees);

    private Position Place() =>
        _random.Next(10) switch
        {
            0 => new(Between(-89, 89), Between(-179, 179)),
            1 => new(Between(-1, 1), 180 - Between(0, 0.5)),
            2 => new(Between(88, 90), Between(-180, 180)),
            _ => new(40.4 + Between(-0.5, 0.5), 49.8 + Between(-0.5, 0.5)),
        };

    private Position Offset(Position from, double degrees)
    {
        double longitude = Unrolled.Rolled(from.LongitudeDegrees + Between(-degrees, degrees));
        return new(Math.Clamp(from.LatitudeDegrees + Between(-degrees, degrees), -90, 90), longitude);
    }

    private double Between(double from, double to) => from + (_random.NextDouble() * (to - from));
}
