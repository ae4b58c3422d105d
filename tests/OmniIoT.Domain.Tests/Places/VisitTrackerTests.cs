using OmniIoT.Domain.Places;

namespace OmniIoT.Domain.Tests.Places;

public sealed class VisitTrackerTests
{
    private static readonly Position Center = new(40.4, 49.8);
    private readonly VisitWalk _walk = new(new Fence("bar", "site", "Bar", new Circle(Center, 30)));

    [Theory]
    [InlineData(0, null, true)]
    [InlineData(29.9, null, true)]
    [InlineData(30.1, null, false)]
    [InlineData(0, 8.0, true)]
    [InlineData(25, 8.0, true)] // 5 m inside, more than half of 8 m
    [InlineData(27, 8.0, false)] // 3 m inside
    [InlineData(0, 50.0, true)] // 30 m inside, more than half of 50 m
    [InlineData(10, 50.0, false)]
    [InlineData(0, 51.0, false)] // above 50 m the whole circle must lie inside
    [InlineData(0, 500.0, false)]
    public void A_visit_begins_when_the_accuracy_leaves_no_doubt(double metersFromCenter, double? accuracy, bool enters)
    {
        _walk.Fix(0, metersFromCenter, accuracy);

        Assert.Equal(enters, _walk.Happened.Count == 1);
    }

    [Fact]
    public void A_large_circle_of_error_that_lies_wholly_inside_begins_a_visit()
    {
        VisitWalk walk = new(new Fence("mall", "site", "Mall", new Circle(Center, 500)));

        walk.Fix(0, metersFromCenter: 300, accuracy: 200);

        Assert.Equal(["entered mall 0"], walk.Happened);
    }

    [Fact]
    public void A_visit_ends_at_the_first_fix_outside_once_a_minute_of_fixes_agreed()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fix(100, 60, 8);
        _walk.Fix(159, 60, 8);
        Assert.Equal(["entered bar 0"], _walk.Happened);

        _walk.Fix(160, 60, 8);

        Assert.Equal(["entered bar 0", "exited bar 100"], _walk.Happened);
    }

    [Fact]
    public void A_visit_ends_by_the_timer_when_no_fix_comes_after_the_one_outside()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fix(100, 60, 8);

        _walk.FollowTimers(untilSeconds: 1000);

        Assert.Equal(["entered bar 0", "exited bar 100"], _walk.Happened);
        Assert.Equal(160, _walk.LastTimerSeconds);
    }

    [Fact]
    public void A_phone_whose_clock_is_behind_is_given_the_full_minute_all_the_same()
    {
        _walk.Fix(0, 0, 8, receivedAfter: 7200);
        _walk.Fix(100, 60, 8, receivedAfter: 7200);

        Assert.Equal(7200 + 160, _walk.NextDueSeconds);
    }

    [Fact]
    public void Jitter_on_the_border_is_one_visit()
    {
        _walk.Fix(0, 0, 8);
        for (int i = 1; i <= 500; i++)
            _walk.Fix(i * 7, metersFromCenter: 30 + (10 * Math.Sin(i * 1.7)), accuracy: 8);

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void Jitter_of_exact_fixes_is_one_visit_while_no_minute_passes_outside()
    {
        for (int i = 0; i <= 500; i++)
            _walk.Fix(i * 25, metersFromCenter: i % 2 == 0 ? 29 : 31, accuracy: null);

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void An_error_circle_that_touches_the_fence_keeps_the_visit()
    {
        _walk.Fix(0, 0, 8);
        for (int i = 1; i < 10; i++)
            _walk.Fix(i * 60, metersFromCenter: 100, accuracy: 80);

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void A_silent_phone_has_left_at_its_last_fix()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fix(300, 5, 8);

        _walk.FollowTimers(untilSeconds: 300 + 14_399);
        Assert.Equal(["entered bar 0"], _walk.Happened);
        _walk.FollowTimers(untilSeconds: 20_000);

        Assert.Equal(["entered bar 0", "exited bar 300"], _walk.Happened);
        Assert.Equal(300 + 14_400, _walk.LastTimerSeconds);
    }

    [Fact]
    public void Each_dwell_time_is_reported_once_by_timer_or_by_fix()
    {
        VisitWalk walk = new(new Fence("bar", "site", "Bar", new Circle(Center, 30)), dwellMinutes: [10, 5]);
        walk.Fix(0, 0, 8);
        walk.FollowTimers(untilSeconds: 400);
        walk.Fix(700, 3, 8);
        walk.Fix(760, 3, 8);

        Assert.Equal(["entered bar 0", "dwelled bar 300", "dwelled bar 600"], walk.Happened);
    }

    [Fact]
    public void Nobody_dwells_while_leaving()
    {
        VisitWalk walk = new(new Fence("bar", "site", "Bar", new Circle(Center, 30)), dwellMinutes: [5]);
        walk.Fix(0, 0, 8);
        walk.Fix(290, 100, 8);
        walk.FollowTimers(untilSeconds: 5000);

        Assert.Equal(["entered bar 0", "exited bar 290"], walk.Happened);
    }

    [Fact]
    public void Late_and_repeated_fixes_change_nothing()
    {
        _walk.Fix(0, 0, 8);
        VisitState before = _walk.State;

        Assert.Equal(IgnoredInput.Duplicate, _walk.Fix(0, 0, 8));
        Assert.Equal(IgnoredInput.Late, _walk.Fix(-100, 500, 8));
        Assert.Same(before, _walk.State);
    }

    [Fact]
    public void Of_two_places_of_one_moment_the_one_that_came_last_counts()
    {
        _walk.Fix(0, 200, 8);

        Assert.Null(_walk.Fix(0, 0, 8));
        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_impossible_accuracy_is_no_fix(double accuracy)
    {
        Assert.Equal(IgnoredInput.Invalid, _walk.Fix(0, 0, accuracy));
        Assert.Empty(_walk.Happened);
    }

    [Fact]
    public void A_jump_across_the_country_and_back_ends_no_visit()
    {
        _walk.Fix(0, 0, 8);
        Assert.Equal(IgnoredInput.TooFast, _walk.Fix(60, 500_000, 8));
        _walk.Fix(119, 2, 8);
        _walk.FollowTimers(untilSeconds: 1000);

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void A_second_fix_at_the_far_place_proves_the_jump_from_its_first_moment()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fix(20, 500_000, 8);
        _walk.Fix(50, 500_010, 8);
        _walk.Fix(80, 500_020, 8);

        Assert.Equal(["entered bar 0", "exited bar 20"], _walk.Happened);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(60)]
    [InlineData(300)]
    public void One_fix_far_away_between_two_good_ones_is_one_visit(double interval)
    {
        for (int i = 0; i < 10; i++)
        {
            _walk.FollowTimers(i * interval);
            _walk.Fix(i * interval, metersFromCenter: i == 5 ? 55_000 : i % 3, accuracy: 8);
        }

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void A_jump_that_nothing_confirms_is_never_believed()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fix(20, 500_000, 8);

        _walk.FollowTimers(untilSeconds: 20_000);

        Assert.Equal(["entered bar 0", "exited bar 0"], _walk.Happened);
        Assert.Equal(14_400, _walk.LastTimerSeconds);
    }

    [Fact]
    public void Forty_five_minutes_of_silence_end_no_visit()
    {
        _walk.Fix(0, 0, 8);
        _walk.FollowTimers(untilSeconds: 2700);
        _walk.Fix(2700, 3, 8);

        Assert.Equal(["entered bar 0"], _walk.Happened);
    }

    [Fact]
    public void Who_was_near_but_outside_for_ten_minutes_comes_again()
    {
        _walk.Fix(0, 0, 10);
        for (int at = 60; at <= 660; at += 60)
            _walk.Fix(at, 50, 10); // 20 m outside, twice the accuracy
        _walk.Fix(720, 10, 10);

        Assert.Equal(["entered bar 0", "exited bar 60", "entered bar 720"], _walk.Happened);
    }

    [Fact]
    public void Who_left_for_a_few_minutes_and_was_clearly_away_comes_again()
    {
        _walk.Fix(0, 0, 10);
        _walk.Fix(60, 75, 10); // 45 m outside, more than four times the accuracy
        _walk.FollowTimers(untilSeconds: 200);
        _walk.Fix(200, 10, 10);

        Assert.Equal(["entered bar 0", "exited bar 60", "entered bar 200"], _walk.Happened);
    }

    [Fact]
    public void Who_may_have_been_at_the_border_comes_again_once_clearly_inside_or_after_a_long_silence()
    {
        VisitWalk inside = new(new Fence("mall", "site", "Mall", new Circle(Center, 100)));
        VisitWalk silent = new(inside.Fence);
        foreach (VisitWalk walk in (VisitWalk[])[inside, silent])
        {
            walk.Fix(0, 0, 10);
            walk.Fix(60, 115, 10);
            walk.FollowTimers(untilSeconds: 200);
            walk.Fix(200, 80, 10);
            Assert.Equal(["entered mall 0", "exited mall 60"], walk.Happened);
        }

        inside.Fix(260, 50, 10);
        silent.Fix(200 + 14_400, 80, 10);

        Assert.Equal("entered mall 260", inside.Happened[^1]);
        Assert.Equal("entered mall 14600", silent.Happened[^1]);
    }

    [Fact]
    public void Overlapping_fences_have_a_visit_each()
    {
        VisitWalk walk = new(
            new Fence("bar", "site", "Bar", new Circle(Center, 30)),
            new Fence("mall", "site", "Mall", new Circle(Center, 300))
        );
        walk.Fix(0, 100, 8);
        walk.Fix(60, 0, 8);
        walk.Fix(120, 100, 8);
        walk.Fix(180, 100, 8);

        Assert.Equal(["entered mall 0", "entered bar 60", "exited bar 120"], walk.Happened);
    }

    [Fact]
    public void A_visit_to_a_fence_that_is_gone_ends_at_the_next_fix()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fences = FenceIndex.Empty;
        _walk.Fix(60, 0, 8);

        Assert.Equal(["entered bar 0", "exited bar 0"], _walk.Happened);
    }

    [Fact]
    public void Fixes_in_one_late_batch_give_the_same_visits_as_fixes_one_by_one()
    {
        (int Seconds, double Meters)[] day =
        [
            (0, 200),
            (60, 0),
            (400, 10),
            (900, 90),
            (1000, 95),
            (1500, 5),
            (1530, 40),
            (1560, 5),
            (20_000, 0),
        ];
        VisitWalk batch = new(_walk.Fence, dwellMinutes: [5]);
        VisitWalk live = new(_walk.Fence, dwellMinutes: [5]);
        foreach ((int seconds, double meters) in day)
        {
            batch.Fix(seconds, meters, 8, receivedAfter: 40_000 - seconds);
            live.FollowTimers(seconds);
            live.Fix(seconds, meters, 8);
        }

        Assert.Equal(live.Happened, batch.Happened);
        Assert.Equal(
            [
                "entered bar 60",
                "dwelled bar 360",
                "exited bar 900",
                "entered bar 1500",
                "dwelled bar 1800",
                "exited bar 1800",
                "entered bar 20000",
            ],
            batch.Happened
        );
    }

    [Fact]
    public void A_state_stored_before_fences_that_were_left_were_remembered_is_read()
    {
        _walk.Fix(0, 0, 8);
        string before = System
            .Text.Encoding.UTF8.GetString(VisitJson.Write(_walk.State))
            .Replace(",\"left\":[]", "", StringComparison.Ordinal);
        Assert.DoesNotContain("left", before, StringComparison.Ordinal);

        VisitWalk later = new(_walk.Fence) { State = VisitJson.Read(System.Text.Encoding.UTF8.GetBytes(before)) };
        later.Fix(100, 60, 8);
        later.Fix(160, 60, 8);

        Assert.Equal(["exited bar 100"], later.Happened);
    }

    [Fact]
    public void The_stored_form_gives_the_same_state_back()
    {
        _walk.Fix(0, 0, 8);
        _walk.Fix(60, 0.5, null);
        _walk.Fix(70, 45, 8);
        _walk.Fix(71, 900_000, 8);
        _walk.Sight(0, -60, null);
        byte[] stored = VisitJson.Write(_walk.State);

        VisitState read = VisitJson.Read(stored);

        Assert.Equal(_walk.State.Visits, read.Visits);
        Assert.Equal(_walk.State.Beacons, read.Beacons);
        Assert.Equal(_walk.State.Left, read.Left);
        Assert.Equal(_walk.State.Ended, read.Ended);
        Assert.Equal(_walk.State with { Visits = read.Visits, Beacons = read.Beacons, Left = read.Left, Ended = read.Ended }, read);
        Assert.Contains("\"lastInsideAt\":1763800060000", System.Text.Encoding.UTF8.GetString(stored), StringComparison.Ordinal);
    }
}
