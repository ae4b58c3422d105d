using Microsoft.Extensions.Time.Testing;
using OmniIoT.Storage.Sqlite.Writing;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Storage.Sqlite.Tests;

public sealed class ChoreTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly Chore _chore;

    public ChoreTests() => _chore = new Chore("tidying", _time, new Random(1));

    [Fact]
    public void What_nobody_wants_is_not_due() => Assert.Equal((null, false), (_chore.Wait, _chore.IsDue));

    [Fact]
    public void What_is_wanted_is_due_at_once_and_done_once()
    {
        _chore.Want();
        Assert.True(_chore.IsDue);

        _chore.Done();

        Assert.Null(_chore.Wait);
    }

    [Fact]
    public void Whoever_holds_the_database_is_waited_for_a_moment_however_often()
    {
        _chore.Want();
        for (int i = 0; i < 100; i++)
        {
            _chore.Held();

            Assert.Equal(TimeSpan.FromMilliseconds(200), _chore.Wait);
            _time.Advance(TimeSpan.FromMilliseconds(200));
            Assert.True(_chore.IsDue);
        }
    }

    [Fact]
    public void Any_other_failure_is_tried_again_later_and_later_up_to_a_minute_apart()
    {
        _chore.Want();
        foreach (double longest in (double[])[1, 2, 4, 8, 16, 32, 60, 60, 60])
        {
            _chore.Failed("full");

            Assert.InRange(_chore.Wait!.Value.TotalSeconds, longest / 2, longest);
            _time.Advance(_chore.Wait.Value);
            Assert.True(_chore.IsDue);
        }
    }

    [Fact]
    public void Two_that_failed_together_do_not_come_back_together()
    {
        Chore other = new("tidying", _time, new Random(2));

        _chore.Failed("full");
        other.Failed("full");

        Assert.NotEqual(other.Wait, _chore.Wait);
    }

    [Fact]
    public void Who_wants_it_once_more_does_not_hurry_what_failed()
    {
        _chore.Want();
        _chore.Failed("full");
        TimeSpan? wait = _chore.Wait;

        _chore.Want();

        Assert.Equal(wait, _chore.Wait);
    }

    [Fact]
    public void A_reason_is_news_until_it_was_told_and_again_after_a_success()
    {
        Assert.True(_chore.Failed("full"));
        Assert.False(_chore.Failed("full"));
        Assert.True(_chore.Failed("broken"));
        Assert.False(_chore.Failed("full"));

        _chore.Done();

        Assert.True(_chore.Failed("full"));
        Assert.InRange(_chore.Wait!.Value.TotalSeconds, 0.5, 1);
    }
}
