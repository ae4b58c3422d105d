using Microsoft.Extensions.Time.Testing;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Tests.Limits;

/// <summary>Many attempts at once are as one after the other: neither more guesses, nor somebody sent away who was right.</summary>
public sealed class AttemptLimitTests
{
    private const int Maximum = 3;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new();
    private readonly AttemptLimit<string> _limit;

    public AttemptLimitTests() => _limit = new AttemptLimit<string>(_time, Window);

    [Fact]
    public async Task All_who_are_right_get_their_place_one_after_the_other()
    {
        Task<AttemptPlace>[] attempts = BeginMany(12);

        for (int i = 0; i < attempts.Length; i++)
        {
            Assert.Equal(AttemptPlace.Given, await attempts[i]);
            Assert.DoesNotContain(attempts.Skip(i + Maximum), attempt => attempt.IsCompleted);
            _limit.Settle("a", counts: false);
        }
    }

    [Fact]
    public async Task No_more_are_judged_at_once_than_may_be_wrong()
    {
        Task<AttemptPlace>[] attempts = BeginMany(12);

        for (int wrong = 0; wrong < Maximum; wrong++)
            _limit.Settle("a", counts: true);
        AttemptPlace[] places = await Task.WhenAll(attempts);

        Assert.Equal(Maximum, places.Count(place => place == AttemptPlace.Given));
        Assert.All(places.Skip(Maximum), place => Assert.Equal(new AttemptPlace(Window), place));
        Assert.Equal(new AttemptPlace(Window), await _limit.BeginAsync("a", Maximum));
        Assert.Equal(AttemptPlace.Given, await _limit.BeginAsync("b", Maximum));
    }

    [Fact]
    public async Task A_new_window_begins_anew()
    {
        for (int wrong = 0; wrong < Maximum; wrong++)
        {
            Assert.Equal(AttemptPlace.Given, await _limit.BeginAsync("a", Maximum));
            _limit.Settle("a", counts: true);
        }
        _time.Advance(Window / 4);
        Assert.Equal(new AttemptPlace(Window * 3 / 4), await _limit.BeginAsync("a", Maximum));

        _time.Advance(Window * 3 / 4);

        Assert.Equal(AttemptPlace.Given, await _limit.BeginAsync("a", Maximum));
    }

    [Fact]
    public async Task Who_waits_for_places_that_are_lost_is_sent_away_for_a_moment_and_then_taken()
    {
        Task<AttemptPlace>[] attempts = BeginMany(Maximum + 1);

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(AttemptPlace.Busy, await attempts[^1]);
        _time.Advance(Window);
        Assert.Equal(AttemptPlace.Given, await _limit.BeginAsync("a", Maximum));
    }

    [Fact]
    public async Task Who_waits_is_not_forgotten_with_too_many_keys()
    {
        Task<AttemptPlace>[] attempts = BeginMany(Maximum + 1);

        for (int key = 0; key < 10_000; key++)
            Assert.Equal(AttemptPlace.Given, await _limit.BeginAsync($"other {key}", Maximum));

        Assert.Equal(AttemptPlace.Given, await attempts[^1]);
    }

    private Task<AttemptPlace>[] BeginMany(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => _limit.BeginAsync("a", Maximum).AsTask())];
}
