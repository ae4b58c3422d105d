using OmniIoT.Simulators.Shoppers;

namespace OmniIoT.Simulators.Tests.Shoppers;

public sealed class ShopperMovementTests
{
    private static readonly GeoPoint Baku = new(40.41, 49.86);

    [Fact]
    public void Offsets_and_distances_agree()
    {
        GeoPoint there = Baku.Offset(300, -400);

        Assert.Equal(500, Baku.MetersTo(there), 1);
        Assert.Equal((300, -400), (Math.Round(there.From(Baku).EastMeters, 1), Math.Round(there.From(Baku).NorthMeters, 1)));
    }

    [Fact]
    public void A_walk_arrives_at_walking_pace_and_stays()
    {
        Walk walk = new(Baku);
        walk.GoTo(Baku.Offset(140, 0), stay: TimeSpan.FromSeconds(30));
        int seconds = 0;
        for (; !walk.IsDone && seconds < 1000; seconds++)
            walk.Advance(TimeSpan.FromSeconds(1));

        Assert.InRange(seconds, 128, 132);
        Assert.Equal(140, Baku.MetersTo(walk.Position), 3);
    }

    [Fact]
    public void Gps_says_how_wrong_it_is()
    {
        GpsReceiver gps = new(new Random(4));
        List<(GeoPoint Fix, double AccuracyMeters)> fixes = Enumerable
            .Range(0, 5000)
            .Select(_ => gps.Measure(Baku, TimeSpan.FromSeconds(2)))
            .ToList();

        double within = fixes.Count(fix => Baku.MetersTo(fix.Fix) <= fix.AccuracyMeters) / (double)fixes.Count;

        Assert.InRange(within, 0.6, 0.95);
        Assert.All(fixes, fix => Assert.InRange(fix.AccuracyMeters, 4, 60));
    }

    [Fact]
    public void Venues_do_not_touch_each_other()
    {
        foreach (Venue venue in Town.Venues)
        {
            foreach (Venue? other in Town.Venues.Where(other => other != venue))
                Assert.True(
                    venue.Center.MetersTo(other.Center) > venue.RadiusMeters + other.RadiusMeters + 50,
                    $"{venue.Name}, {other.Name}"
                );
        }
    }

    [Fact]
    public void Somewhere_it_is_always_day()
    {
        for (int hour = 0; hour < 24; hour++)
        {
            DateTimeOffset now = new(2026, 1, 15, hour, 0, 0, TimeSpan.Zero);
            DateTimeOffset local = TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(People.DaytimeZone(now)));
            Assert.InRange(local.Hour, 9, 20);
        }
    }
}
