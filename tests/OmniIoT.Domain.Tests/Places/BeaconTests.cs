using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Tests.Places;

public sealed class BeaconTests
{
    private readonly VisitWalk _walk = new();

    [Theory]
    [InlineData(-80, null, true)]
    [InlineData(-81, null, false)]
    [InlineData(-81, -59.0, true)] // 7.6 m
    [InlineData(-82, -59.0, false)] // 8.3 m
    public void Near_is_loud_enough_or_close_enough(double rssi, double? txPower, bool near)
    {
        _walk.Sight(0, rssi, txPower);

        Assert.Equal(near, _walk.Happened.Count == 1);
    }

    [Theory]
    [InlineData(-59, -59, 2, 1)]
    [InlineData(-79, -59, 2, 10)]
    [InlineData(-84, -59, 2.5, 10)]
    public void Distance_follows_the_path_loss_model(double rssi, double txPower, double exponent, double meters)
    {
        Assert.Equal(meters, BeaconRanging.DistanceMeters(rssi, txPower, exponent), 1e-9);
    }

    [Fact]
    public void One_loud_reading_among_faint_ones_is_smoothed()
    {
        _walk.Sight(0, -95, null);
        _walk.Sight(1, -75, null);
        Assert.Empty(_walk.Happened);

        _walk.Sight(2, -70, null);

        Assert.Equal(["entered shelf 2"], _walk.Happened);
    }

    [Fact]
    public void Faint_sightings_keep_the_presence_and_thirty_seconds_of_silence_end_it()
    {
        _walk.Sight(0, -60, null);
        _walk.Sight(20, -99, null);
        _walk.Sight(40, -99, null);

        _walk.FollowTimers(untilSeconds: 1000);

        Assert.Equal(["entered shelf 0", "exited shelf 40"], _walk.Happened);
        Assert.Equal(70, _walk.LastTimerSeconds);
    }

    [Fact]
    public void A_sighting_after_silence_is_a_new_presence_without_any_timer()
    {
        _walk.Sight(0, -60, null);
        _walk.Sight(30, -60, null);

        Assert.Equal(["entered shelf 0", "exited shelf 0", "entered shelf 30"], _walk.Happened);
    }

    [Fact]
    public void Late_repeated_and_impossible_sightings_change_nothing()
    {
        _walk.Sight(10, -90, null);

        Assert.Equal(IgnoredInput.Duplicate, _walk.Sight(10, -50, null));
        Assert.Equal(IgnoredInput.Late, _walk.Sight(9, -50, null));
        Assert.Equal(IgnoredInput.Invalid, _walk.Sight(11, double.NaN, null));
        Assert.Empty(_walk.Happened);
    }
}
