using Microsoft.Extensions.Time.Testing;
using OmniIoT.Ports.Loops;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Logging;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Commit.Tests.Loops;

public sealed class BackgroundLoopsTests : IDisposable
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordedLog _log = new();
    private readonly BackgroundLoops _loops;
    private readonly SemaphoreSlim _rounds = new(0);
    private readonly CancellationTokenSource _stopping = new();

    public BackgroundLoopsTests() => _loops = new BackgroundLoops(_time, _log.For<BackgroundLoops>());

    public void Dispose()
    {
        _stopping.Dispose();
        _rounds.Dispose();
    }

    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(TaskCanceledException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task Whatever_a_round_throws_the_loop_is_not_ready_until_a_round_succeeds_and_goes_on(Type thrown)
    {
        bool fails = true;
        Task loop = RunAsync(() => fails ? (Exception)Activator.CreateInstance(thrown, "a request timed out")! : null);
        await RoundAsync();

        await Awaited.Seen(() => Task.FromResult(_loops.TroubleOf(PartNames.Telemetry)), "trouble");
        Assert.Equal("The loop of counting failed: a request timed out", _loops.TroubleOf(PartNames.Telemetry));
        Assert.Null(_loops.TroubleOf(PartNames.Deliveries));
        Assert.Equal(1401, Assert.Single(_log.Entries).Id);
        fails = false;

        await Awaited.Seen(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(_loops.TroubleOf(PartNames.Telemetry) is null ? "well" : null);
            },
            "recovery"
        );
        await EndAsync(loop);
    }

    [Theory]
    [InlineData(typeof(OperationCanceledException))]
    [InlineData(typeof(ObjectDisposedException))]
    [InlineData(typeof(InvalidOperationException))]
    public async Task Whatever_a_round_answers_to_the_end_of_its_loop_is_no_failure(Type thrown)
    {
        TaskCompletionSource ending = new();
        Task loop = _loops.RunAsync(
            PartNames.Telemetry,
            "counting",
            async stopping =>
            {
                await using CancellationTokenRegistration asked = stopping.Register(ending.SetResult);
                _rounds.Release();
                await ending.Task;
                throw (Exception)Activator.CreateInstance(thrown, "the query was cancelled")!;
            },
            static _ => ValueTask.CompletedTask,
            _stopping.Token
        );
        await RoundAsync();

        await EndAsync(loop);

        Assert.Empty(_log.Entries);
        Assert.Null(_loops.TroubleOf(PartNames.Telemetry));
    }

    [Fact]
    public async Task Between_rounds_that_fail_it_pauses_longer_and_longer()
    {
        Task loop = RunAsync(() => new OperationCanceledException());
        List<TimeSpan> pauses = [];
        await RoundAsync();
        for (int i = 0; i < 5; i++)
        {
            DateTimeOffset failed = _time.GetUtcNow();
            await Awaited.Seen(
                () =>
                {
                    if (_rounds.Wait(0))
                        return Task.FromResult<string?>("round");
                    _time.Advance(TimeSpan.FromSeconds(1));
                    return Task.FromResult<string?>(null);
                },
                "next round"
            );
            pauses.Add(_time.GetUtcNow() - failed);
        }

        Assert.All(pauses.Zip([1, 2, 4, 5, 5]), pause => Assert.True(pause.First >= TimeSpan.FromSeconds(pause.Second), $"{pause}"));
        await EndAsync(loop);
    }

    [Fact]
    public async Task A_failure_is_told_once_for_each_reason_and_again_after_a_round_that_succeeded()
    {
        Queue<string?> outcomes = new(["full", "full", "full", "gone", "gone", null, "gone"]);
        int rounds = outcomes.Count;
        Task loop = RunAsync(() => outcomes.TryDequeue(out string? reason) && reason is not null ? new IOException(reason) : null);

        for (int i = 0; i < rounds + 1; i++)
            await Awaited.Seen(
                () =>
                {
                    if (_rounds.Wait(0))
                        return Task.FromResult<string?>("round");
                    _time.Advance(TimeSpan.FromSeconds(5));
                    return Task.FromResult<string?>(null);
                },
                "next round"
            );
        await EndAsync(loop);

        Assert.Equal(["full", "gone", "gone"], _log.Entries.Select(error => error.Error!.Message));
    }

    [Fact]
    public async Task Its_own_end_is_no_failure()
    {
        Task loop = RunAsync(() => null);
        await RoundAsync();

        await EndAsync(loop);

        Assert.Empty(_log.Entries);
        Assert.Null(_loops.TroubleOf(PartNames.Telemetry));
    }

    [Fact]
    public async Task Loops_that_began_at_different_moments_go_on_at_the_same()
    {
        Task first = Begin();
        _time.Advance(TimeSpan.FromMilliseconds(300));
        Task second = Begin();
        await RoundAsync();
        await RoundAsync();

        _time.Advance(TimeSpan.FromMilliseconds(699));
        Assert.Equal(0, _rounds.CurrentCount);
        _time.Advance(TimeSpan.FromMilliseconds(1));

        await RoundAsync();
        await RoundAsync();
        await EndAsync(first);
        await EndAsync(second);

        // Its first round is over, and it waits, when this returns.
        Task Begin() =>
            _loops.RunEveryAsync(
                TimeSpan.FromSeconds(1),
                PartNames.Telemetry,
                "counting",
                _ =>
                {
                    _rounds.Release();
                    return ValueTask.CompletedTask;
                },
                _stopping.Token
            );
    }

    [Theory]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(1, 1.0, 0.5)]
    [InlineData(4, 0.0, 8.0)]
    [InlineData(4, 0.5, 6.0)]
    [InlineData(40, 0.0, 60.0)]
    [InlineData(int.MaxValue, 1.0, 30.0)]
    public void A_back_off_doubles_up_to_its_longest_and_is_shortened_by_up_to_a_half(int failures, double random, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1)).After(failures, random));

    private Task RunAsync(Func<Exception?> outcome) =>
        Task.Run(() =>
            _loops.RunEveryAsync(
                TimeSpan.FromSeconds(1),
                PartNames.Telemetry,
                "counting",
                _ =>
                {
                    _rounds.Release();
                    return outcome() is { } error ? throw error : ValueTask.CompletedTask;
                },
                _stopping.Token
            )
        );

    private Task RoundAsync() => Awaited.Within(_rounds.WaitAsync(), "round");

    private async Task EndAsync(Task loop)
    {
        await _stopping.CancelAsync();
        await Awaited.Within(loop, "end of the loop");
    }
}
