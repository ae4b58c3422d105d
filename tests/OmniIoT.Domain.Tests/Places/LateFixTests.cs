using System.Text;
using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Tests.Places;

/// <summary>Fixes that were buffered and come after younger ones.</summary>
public sealed class LateFixTests
{
    private const double Inside = 0,
        Outside = 500;

    private static readonly Position Center = new(40.4, 49.8);
    private readonly VisitWalk _walk = new(new Fence("bar", "site", "Bar", new Circle(Center, 30)), dwellMinutes: [5]);

    [Fact]
    public void A_fix_inside_that_comes_after_one_outside_is_a_visit_in_the_past()
    {
        _walk.Fix(1000, Outside, 8);

        Assert.Null(Late(400, Inside));
        _walk.Restart();
        _walk.FollowTimers(untilSeconds: 2000);

        Assert.Equal(["entered bar 400", "exited bar 400"], _walk.Happened);
        Assert.All(_walk.WasLate, Assert.True);
        Assert.Equal(1001 + 60, _walk.LastTimerSeconds);
        Assert.Null(_walk.State.Backlog);
    }

    [Fact]
    public void A_buffer_makes_the_visits_that_its_fixes_would_have_made_in_time()
    {
        (int Seconds, double Meters)[] buffered =
        [
            (0, Inside),
            (200, Inside),
            (290, Outside),
            (310, Inside),
            (400, Inside),
            (500, Outside),
            (570, Outside),
            (600, Inside),
            (700, Outside),
        ];
        VisitWalk live = new(_walk.Fence, dwellMinutes: [5]);
        foreach ((int seconds, double meters) in buffered)
            live.Fix(seconds, meters, 8);
        live.Fix(1000, Outside, 8);
        _walk.Fix(1000, Outside, 8);

        foreach ((int seconds, double meters) in buffered)
        {
            Late(seconds, meters);
            _walk.Restart();
        }
        _walk.FollowTimers(untilSeconds: 2000);

        Assert.Equal(["entered bar 0", "dwelled bar 300", "exited bar 500", "entered bar 600", "exited bar 700"], live.Happened);
        Assert.Equal(live.Happened, _walk.Happened);
    }

    [Fact]
    public void What_is_sent_again_makes_no_other_visit()
    {
        _walk.Fix(0, Inside, 8);
        _walk.Fix(500, Outside, 8);
        _walk.Fix(600, Outside, 8);
        Late(700 - 500, Inside);
        Assert.Equal(["entered bar 0", "dwelled bar 300", "exited bar 500"], _walk.Happened);

        _walk.Fix(2000, Outside, 8);
        foreach (double at in new[] { 0, 100, 0, 550, -50 })
            Assert.Equal(IgnoredInput.Late, Late(at, Inside));
        Assert.Null(Late(1000, Inside));
        Assert.Equal(IgnoredInput.Duplicate, Late(1000, Inside));
        _walk.FollowTimers(untilSeconds: 3000);
        Assert.Equal(IgnoredInput.Late, Late(1000, Inside));

        Assert.Equal(["entered bar 0", "dwelled bar 300", "exited bar 500", "entered bar 1000", "exited bar 1000"], _walk.Happened);
    }

    [Fact]
    public void Late_fixes_of_a_visit_that_lasts_are_its_own()
    {
        _walk.Fix(0, Inside, 8);
        _walk.Fix(200, Inside, 8);

        Assert.Equal(IgnoredInput.Late, Late(100, Inside));
        Assert.Equal(IgnoredInput.Late, Late(-30, Inside));

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void A_second_buffer_that_reaches_further_back_ends_the_first()
    {
        _walk.Fix(2000, Outside, 8);
        Late(1000, Inside);

        Late(100, Inside);
        _walk.FollowTimers(untilSeconds: 3000);

        Assert.Equal(["entered bar 1000", "exited bar 1000", "entered bar 100", "exited bar 100"], _walk.Happened);
    }

    [Fact]
    public void A_late_fix_that_nobody_could_have_reached_is_not_believed()
    {
        _walk.Fix(1000, 500_000, 8);

        Assert.Equal(IgnoredInput.TooFast, Late(900, Inside));
        Assert.Empty(_walk.Happened);
    }

    [Fact]
    public void Only_so_many_ended_visits_are_remembered()
    {
        for (int i = 0; i < 50; i++)
        {
            _walk.Fix(i * 1000, Inside, 8);
            _walk.Fix((i * 1000) + 100, Outside, 8);
            _walk.Fix((i * 1000) + 200, Outside, 8);
        }

        Assert.Equal(32, _walk.State.Ended.Length);
    }

    [Fact]
    public void A_state_of_an_earlier_version_has_no_ended_visits()
    {
        VisitState read = VisitJson.Read(Encoding.UTF8.GetBytes("""{"visits":[],"beacons":[]}"""));

        Assert.Empty(read.Ended);
        Assert.Null(read.Backlog);
    }

    private IgnoredInput? Late(double seconds, double meters) =>
        _walk.Fix(seconds, meters, 8, receivedAfter: (_walk.State.LastFix!.At - VisitWalk.Start).TotalSeconds + 1 - seconds);
}
