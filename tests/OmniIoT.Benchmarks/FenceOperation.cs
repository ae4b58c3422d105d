using System.Collections.Immutable;
using System.Globalization;
using OmniIoT.Domain.Places;

namespace OmniIoT.Benchmarks;

/// <summary>A position is matched against 10,000 fences of a city, half of them circles, half octagons.</summary>
internal sealed class FenceOperation
{
    private const int Fences = 10_000;
    private const int Positions = 4096;
    private const double CitySizeDegrees = 0.2;

    private readonly FenceIndex _index;
    private readonly Position[] _positions;
    private readonly List<Fence> _result = new(64);
    private int _next;

    public FenceOperation()
    {
        Random random = new(1);
        _index = FenceIndex.Build(
            Enumerable
                .Range(0, Fences)
                .Select(number => new Fence(
                    string.Create(CultureInfo.InvariantCulture, $"fence-{number}"),
                    "city",
                    "A fence",
                    number % 2 == 0
                        ? new Circle(Anywhere(random), 20 + random.Next(100))
                        : Octagon(Anywhere(random), 0.0002 + (0.001 * random.NextDouble()))
                ))
        );
        _positions = [.. Enumerable.Range(0, Positions).Select(_ => Anywhere(random))];
    }

    public int Run()
    {
        _result.Clear();
        _index.Match(_positions[_next++ % Positions], _result);
        return _result.Count;
    }

    private static Position Anywhere(Random random) =>
        new(40.3 + (CitySizeDegrees * random.NextDouble()), 49.8 + (CitySizeDegrees * random.NextDouble()));

    private static Polygon Octagon(Position center, double radiusDegrees) =>
        new(
            new Ring([
                .. Enumerable
                    .Range(0, 9)
                    .Select(corner => 2 * Math.PI * (corner % 8) / 8)
                    .Select(angle => new Position(
                        center.LatitudeDegrees + (radiusDegrees * Math.Sin(angle)),
                        center.LongitudeDegrees + (radiusDegrees * Math.Cos(angle))
                    )),
            ]),
            ImmutableArray<Ring>.Empty
        );
}
