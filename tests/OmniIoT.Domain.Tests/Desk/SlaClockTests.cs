using System.Collections.Frozen;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Calendars;
using OmniIoT.Domain.Desk.Routing;
using OmniIoT.Domain.Desk.Sla;

namespace OmniIoT.Domain.Tests.Desk;

public sealed class SlaClockTests
{
    private static readonly Instant Start = new(1_764_500_000_000);

    private static readonly SlaTerms Terms = new(
        "gold",
        new SlaTimes(Minutes(10), Minutes(20), Minutes(100)),
        WorkingCalendar.Always,
        SlaTerms.DefaultPauses
    );

    [Fact]
    public void A_warning_comes_after_four_fifths_and_a_breach_when_the_time_is_over()
    {
        SlaClock clock = Terms.Start(Start);

        (SlaClock early, IReadOnlyList<SlaAlert> nothing) = clock.Check(At(7.9));
        (SlaClock warned, IReadOnlyList<SlaAlert> warning) = early.Check(At(8));
        (SlaClock breached, IReadOnlyList<SlaAlert> breach) = warned.Check(At(10.1));

        Assert.Same(clock, early);
        Assert.Empty(nothing);
        Assert.Equal([new SlaAlert(SlaTarget.FirstResponse, false, At(8), At(10))], warning);
        Assert.Equal([new SlaAlert(SlaTarget.FirstResponse, true, At(10), At(10))], breach);
        Assert.Equal([SlaTarget.FirstResponse], breached.Breached);
        Assert.Equal(At(80), breached.NextAlertAt);
        Assert.Empty(breached.Check(At(11)).Alerts);
    }

    [Fact]
    public void What_was_missed_while_nobody_looked_is_a_breach_without_a_warning()
    {
        IReadOnlyList<SlaAlert> alerts = Terms.Start(Start).Check(At(500)).Alerts;

        Assert.Equal(
            [(SlaTarget.FirstResponse, true), (SlaTarget.Resolution, true)],
            alerts.Select(alert => (alert.Target, alert.IsBreach))
        );
    }

    [Fact]
    public void An_answer_ends_the_first_response_and_later_words_begin_the_next()
    {
        SlaClock unanswered = Terms.Start(Start).Ask(Terms, At(1));
        SlaClock answered = unanswered.Answer(At(5));
        SlaClock asked = answered.Ask(Terms, At(30)).Ask(Terms, At(40));
        SlaClock again = asked.Answer(At(45));

        Assert.Null(unanswered.NextResponseDueAt);
        Assert.Equal((At(5), At(80)), (answered.FirstRespondedAt, answered.NextAlertAt));
        Assert.Equal((At(50), At(46)), (asked.NextResponseDueAt, asked.NextAlertAt));
        Assert.Equal((At(5), null), (again.FirstRespondedAt, again.NextResponseDueAt));
        Assert.Equal([SlaTarget.NextResponse], asked.Check(At(50)).Clock.Breached);
    }

    [Fact]
    public void While_it_is_paused_nothing_is_told_and_all_moves_on_by_as_much()
    {
        SlaClock paused = Terms.Start(Start).In(SlaPause.Pending, isOver: false, Terms, At(5));
        SlaClock goesOn = paused.In(null, isOver: false, Terms, At(65));

        Assert.Equal((At(5), null), (paused.PausedAt, paused.NextAlertAt));
        Assert.Empty(paused.Check(At(1000)).Alerts);
        Assert.Equal(
            (null, At(70), At(160), At(68)),
            (goesOn.PausedAt, goesOn.FirstResponseDueAt, goesOn.ResolutionDueAt, goesOn.NextAlertAt)
        );
    }

    [Fact]
    public void A_pause_outside_of_working_hours_moves_nothing()
    {
        WorkingCalendar mornings = new(
            "m",
            TimeZoneInfo.Utc,
            [new WorkingHours(Enum.GetValues<DayOfWeek>().ToFrozenSet(), TimeSpan.Zero, TimeSpan.FromHours(12))],
            FrozenSet<DateOnly>.Empty
        );
        SlaTerms terms = Terms with { Calendar = mornings };
        Instant noon = Instant.FromTime(new DateTimeOffset(2026, 11, 30, 11, 58, 0, TimeSpan.Zero));

        SlaClock clock = terms.Start(noon);
        SlaClock paused = clock.In(SlaPause.Pending, false, terms, noon + TimeSpan.FromHours(2));
        SlaClock goesOn = paused.In(null, false, terms, noon + TimeSpan.FromHours(4));

        Assert.Equal(noon + TimeSpan.FromHours(12) + TimeSpan.FromMinutes(10), clock.FirstResponseDueAt);
        Assert.Equal(clock.FirstResponseDueAt, goesOn.FirstResponseDueAt);
    }

    [Fact]
    public void What_is_over_is_told_of_no_more_until_it_is_open_again()
    {
        SlaClock over = Terms.Start(Start).Answer(At(1)).In(null, isOver: true, Terms, At(50));
        SlaClock again = over.In(null, isOver: false, Terms, At(1050));

        Assert.Empty(over.Check(At(500)).Alerts);
        Assert.Null(over.NextAlertAt);
        Assert.Equal((At(1100), At(1080)), (again.ResolutionDueAt, again.NextAlertAt));
    }

    [Fact]
    public void Other_terms_count_from_the_beginning_and_keep_what_happened()
    {
        SlaTerms hasty = Terms with { Policy = "platinum", Times = new SlaTimes(Minutes(1), null, Minutes(40)) };
        SlaClock clock = Terms.Start(Start).Check(At(10)).Clock.Answer(At(15));

        SlaClock renewed = clock.Renew(hasty, Start, At(20));
        SlaClock same = clock.Renew(Terms, Start, At(20));

        Assert.Equal(("platinum", At(40), At(15)), (renewed.Policy, renewed.ResolutionDueAt, renewed.FirstRespondedAt));
        Assert.Equal([SlaTarget.FirstResponse], renewed.Breached);
        Assert.Equal(At(32), renewed.NextAlertAt);
        Assert.Equal(clock.NextAlertAt, same.NextAlertAt);
    }

    [Fact]
    public void A_queues_policy_comes_before_what_is_usual_and_a_priority_before_the_policy()
    {
        SlaPolicy policy = new(
            "gold",
            null,
            Terms.Times,
            null,
            SlaTerms.DefaultPauses,
            new Dictionary<CasePriority, SlaTimes> { [CasePriority.Urgent] = new(Minutes(2)) }.ToFrozenDictionary()
        );
        DeskRules desk = new()
        {
            Queues = new Dictionary<string, Queue> { ["vip"] = new("vip", "VIP", [], Sla: "gold") }.ToFrozenDictionary(),
            Policies = new Dictionary<string, SlaPolicy> { ["gold"] = policy }.ToFrozenDictionary(),
        };

        Assert.Equal(At(2), desk.TermsOf("vip", CasePriority.Urgent).Start(Start).FirstResponseDueAt);
        Assert.Equal(At(100), desk.TermsOf("vip", CasePriority.Urgent).Start(Start).ResolutionDueAt);
        Assert.Equal(At(10), desk.TermsOf("vip").Start(Start).FirstResponseDueAt);
        Assert.Equal(At(240), desk.TermsOf("others", CasePriority.Normal).Start(Start).FirstResponseDueAt);
        Assert.Null(desk.TermsOf("others").Start(Start).NextAlertAt);
    }

    private static WorkingSpan Minutes(int minutes) => new(0, TimeSpan.FromMinutes(minutes));

    private static Instant At(double minutes) => Start + TimeSpan.FromMinutes(minutes);
}
