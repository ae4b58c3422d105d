using OmniIoT.Devices.Time;
using OmniIoT.Simulators.Replay;

namespace OmniIoT.Simulators.Tests.Replay;

public sealed class ReplayVerdictTests
{
    private static readonly FailureWindow First = new(Day(1), Day(2));
    private static readonly FailureWindow Second = new(Day(10), Day(12));

    [Fact]
    public void The_first_alarm_within_a_window_catches_it_and_tells_how_early()
    {
        ReplayVerdict verdict = ReplayVerdict.Judge([First, Second], [Alarm(10.5, "a"), Alarm(11, "a")]);

        Assert.Null(verdict.Windows[0].First);
        Assert.Equal(TimeSpan.FromDays(1.5), verdict.Windows[1].Lead);
        Assert.Equal((0, 0), (verdict.CasesOutside, verdict.AlarmsOutside));
    }

    [Fact]
    public void Cases_without_an_alarm_in_any_window_are_outside()
    {
        ReplayVerdict verdict = ReplayVerdict.Judge(
            [First],
            [Alarm(1.5, "in"), Alarm(3, "in"), Alarm(5, "out"), Alarm(6, "out"), Alarm(7, null)]
        );

        Assert.Equal((1, 4), (verdict.CasesOutside, verdict.AlarmsOutside));
    }

    [Fact]
    public void The_verdict_is_told_in_words()
    {
        string text = ReplayVerdict.Judge([First, Second], [Alarm(1.5, "a"), Alarm(20, "b")]).ToString();

        Assert.Contains(
            "caught by 'too-hot' (major, case opened) at 2026-01-02T12:00:00.000Z, 12.0 h before the window's end",
            text,
            StringComparison.Ordinal
        );
        Assert.Contains("missed", text, StringComparison.Ordinal);
        Assert.Contains("caught 1 of 2 labelled failures; 1 cases and 1 alarms outside any window", text, StringComparison.Ordinal);
    }

    private static RaisedAlarm Alarm(double day, string? caseId) => new("too-hot", "major", Day(day), caseId);

    private static Instant Day(double day) => Instant.FromTime(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day));
}
