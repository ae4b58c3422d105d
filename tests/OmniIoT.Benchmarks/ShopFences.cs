using System.Globalization;
using OmniIoT.Domain.Places;

namespace OmniIoT.Benchmarks;

/// <summary>
/// Shops in cities: areas of 5 to 60 vertices and 10 to 150 m, one in fifty of several hundred vertices, some with a hole; coordinates of
/// seven decimals, as maps write them. The same for the same number of fences.
/// </summary>
internal sealed class ShopFences
{
    private const int PerCity = 2_000;
    private const double CityDegrees = 0.15;
    private const double MetersPerDegree = 111_195;

    private readonly Random _random = new(1);
    private readonly List<Position> _cities = [];
    private readonly List<Position> _middles = [];

    public ShopFences(int count)
    {
        for (int city = 0; city <= count / PerCity; city++)
            _cities.Add(new Position(Between(-55, 65), Between(-175, 175)));
        Fences = [.. Enumerable.Range(0, count).Select(Shop)];
    }

    public IReadOnlyList<Fence> Fences { get; }

    /// <summary>Where phones are: half of them within 150 m of a shop, half anywhere in a city.</summary>
    public Position[] Points(int count) => [.. Enumerable.Range(0, count).Select(Point)];

    private Position Point(int number) =>
        number % 2 == 0
            ? Beside(_cities[_random.Next(_cities.Count)], CityDegrees)
            : Beside(_middles[_random.Next(_middles.Count)], 150 / MetersPerDegree);

    private Fence Shop(int number)
    {
        Position middle = Beside(_cities[number / PerCity], CityDegrees);
        _middles.Add(middle);
        double radius = Between(10, 150) / MetersPerDegree;
        int vertices = number % 50 == 0 ? _random.Next(200, 600) : _random.Next(5, 61);
        Ring[] holes = number % 20 == 0 ? [Star(middle, radius / 3, 5)] : [];
        return new Fence(
            string.Create(CultureInfo.InvariantCulture, $"shop-{number}"),
            string.Create(CultureInfo.InvariantCulture, $"city-{number / PerCity}"),
            string.Create(CultureInfo.InvariantCulture, $"Shop {number}"),
            new Polygon(Star(middle, radius, vertices), [.. holes])
        );
    }

    // Vertices by rising angle never cross.
    private Ring Star(Position middle, double radius, int vertices)
    {
        List<Position> ring = [];
        for (int i = 0; i < vertices; i++)
        {
            double angle = (i + Between(0, 0.5)) * 2 * Math.PI / vertices;
            double reach = radius * Between(0.7, 1);
            double east = reach * Math.Cos(angle) / Math.Cos(middle.LatitudeDegrees * Math.PI / 180);
            ring.Add(Written(middle.LatitudeDegrees + (reach * Math.Sin(angle)), middle.LongitudeDegrees + east));
        }

        return new Ring([.. ring, ring[0]]);
    }

    private Position Beside(Position middle, double degrees) =>
        Written(
            middle.LatitudeDegrees + Between(-degrees, degrees),
            middle.LongitudeDegrees + (Between(-degrees, degrees) / Math.Cos(middle.LatitudeDegrees * Math.PI / 180))
        );

    private static Position Written(double latitude, double longitude) =>
        new(Math.Round(latitude * 1e7) / 1e7, Math.Round(longitude * 1e7) / 1e7);

    private double Between(double from, double to) => from + (_random.NextDouble() * (to - from));
}
