using System.Text;
using OmniIoT.Devices.Payloads;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>Where a customer is, what may be written of it, and what their app says that is not understood.</summary>
public sealed class CustomerPlaceTests
{
    private readonly CustomerBench _bench = new();

    public CustomerPlaceTests() => _bench.Scope.LookInto(Shop.Catalog());

    [Fact]
    public void Who_may_be_located_has_a_visit_from_the_fix_inside_to_the_first_of_a_minute_outside()
    {
        _bench.Allow(0, location: true);

        List<Effect> entered = _bench.Send(10, Shop.Location, Shop.Inside).Effects;
        _bench.Send(100, Shop.Location, Shop.Outside);
        List<Effect> left = _bench.Send(161, Shop.Location, Shop.Outside).Effects;

        TimelineEntry entry = Assert.Single(entered.OfType<AppendTimeline>()).Entry;
        Assert.Equal(
            (TimelineKind.VisitEntered, "shop", "door", "ann", At(10)),
            (entry.Kind, entry.Refs.SiteId, entry.Refs.FenceId, entry.CustomerId, entry.At)
        );
        Assert.Equal((At(10), null), VisitOf(entered));
        Assert.Equal((At(10), At(100)), VisitOf(left));
        Assert.Equal(90, (double)Assert.Single(left.OfType<AppendTimeline>()).Entry.Data["dwellSeconds"]!);
    }

    [Fact]
    public void Where_a_clock_of_ours_that_was_years_ahead_saw_somebody_hides_no_visit_once_it_is_right()
    {
        const double YearsAhead = 1200 * 86_400;
        _bench.Allow(0, location: true);
        _bench.Send(YearsAhead, Shop.Location, Shop.Inside);
        _bench.Send(YearsAhead, Shop.Sightings, $$"""{"beacons":[{"id":"{{Shop.Beacon}}","rssi":-50}]}""");

        List<Effect> entered = _bench.Send(10, Shop.Location, Shop.Inside).Effects;
        List<Effect> left =
        [
            .. _bench.Send(100, Shop.Location, Shop.Outside).Effects,
            .. _bench.Send(161, Shop.Location, Shop.Outside).Effects,
        ];

        Assert.Equal(At(10), Assert.Single(entered.OfType<PutVisit>(), put => put.Visit.ExitedAt is null).Visit.EnteredAt);
        Assert.Equal((At(10), At(100)), VisitOf(left));
        Assert.Equal(At(161), _bench.Grain.State.Visits.LastFix?.At);
    }

    [Fact]
    public void Of_who_may_not_be_located_nothing_is_written_down()
    {
        (List<Effect> effects, Refusal? refusal) = _bench.Send(10, Shop.Location, Shop.Inside);

        Assert.Null(refusal);
        Assert.Empty(effects);
    }

    [Fact]
    public void Who_withdraws_consent_while_inside_was_there_until_the_last_fix_and_nothing_more_is_written()
    {
        _bench.Allow(0, location: true);
        _bench.Send(10, Shop.Location, Shop.Inside);
        _bench.Send(50, Shop.Location, Shop.Inside);

        List<Effect> withdrawn = _bench.Allow(60, location: false);
        List<Effect> after = _bench.Send(70, Shop.Location, Shop.Inside).Effects;

        Assert.NotNull(VisitOf(withdrawn).ExitedAt);
        Assert.Contains(withdrawn.OfType<AppendTimeline>(), effect => effect.Entry.Kind == TimelineKind.VisitExited);
        Assert.Empty(after);
        Assert.Empty(_bench.Do(1e6, (grain, scope) => grain.WakeUp(scope)));
    }

    [Fact]
    public void Who_consents_while_inside_comes_in_with_the_next_fix()
    {
        _bench.Send(10, Shop.Location, Shop.Inside);

        List<Effect> consented = _bench.Allow(60, location: true);
        List<Effect> next = _bench.Send(70, Shop.Location, Shop.Inside).Effects;

        Assert.Empty(consented.OfType<PutVisit>());
        Assert.Equal((At(70), null), VisitOf(next));
    }

    [Fact]
    public void A_visit_goes_on_over_a_restart()
    {
        _bench.Allow(0, location: true);
        _bench.Send(10, Shop.Location, Shop.Inside);
        _bench.Restart();

        Assert.Empty(_bench.Send(20, Shop.Location, Shop.Inside).Effects);
        _bench.Send(100, Shop.Location, Shop.Outside);
        Assert.Equal((At(10), At(100)), VisitOf(_bench.Send(161, Shop.Location, Shop.Outside).Effects));
    }

    [Fact]
    public void A_visit_whose_phone_falls_silent_ends_when_the_decider_said_it_wants_to_be_woken()
    {
        _bench.Allow(0, location: true);
        _bench.Send(10, Shop.Location, Shop.Inside);
        Instant due = _bench.Grain.NextDue(_bench.Decision.Moment)!.Value;

        List<Effect> woken = _bench.Do((due - CustomerBench.Start).TotalSeconds, (grain, scope) => grain.WakeUp(scope));

        Assert.Equal((At(10), At(10)), VisitOf(woken));
        Assert.Null(_bench.Grain.NextDue(_bench.Decision.Moment));
    }

    [Theory]
    [InlineData(Shop.Location, "{oops", DeadLetterReason.InvalidJson)]
    [InlineData(Shop.Location, """{"lat":40.41}""", DeadLetterReason.WrongShape)]
    [InlineData(Shop.Location, """{"lat":91,"lon":49.86}""", DeadLetterReason.WrongShape)]
    [InlineData(Shop.Location, """{"ts":"2030-01-01T00:00:00Z","lat":40.41,"lon":49.86}""", DeadLetterReason.Future)]
    [InlineData(Shop.Sightings, """{"beacon":"x"}""", DeadLetterReason.WrongShape)]
    [InlineData(Shop.Sightings, """{"beacon":"nowhere","rssi":-40}""", DeadLetterReason.UnknownBeacon)]
    [InlineData("customers/ann/messages", "{}", DeadLetterReason.WrongShape)]
    [InlineData("customers/ann/telemetry", "{}", DeadLetterReason.WrongShape)]
    public void What_is_not_understood_is_refused_with_its_reason_and_changes_nothing(string topic, string payload, DeadLetterReason reason)
    {
        _bench.Allow(0, location: true);

        (List<Effect> effects, Refusal? refusal) = _bench.Send(10, topic, payload);

        Assert.Equal(reason, refusal?.Reason);
        Assert.Empty(effects);
        Assert.Null(_bench.Grain.State.Visits.LastFix);
    }

    [Fact]
    public void More_than_a_payload_may_have_is_too_large_whatever_it_says()
    {
        string padding = new(' ', Payload.MaxBytes);

        Assert.Equal(DeadLetterReason.TooLarge, _bench.Send(0, Shop.Location, Shop.Inside + padding).Refusal?.Reason);
    }

    [Theory]
    [InlineData("""{"beacon":"nowhere","rssi":-40}""", DeadLetterReason.UnknownBeacon)]
    [InlineData(
        """{"ts":"2030-01-01T00:00:00Z","beacon":"f7826da6-4fa2-4e98-8024-bc5b71e0893e:1:2","rssi":-40}""",
        DeadLetterReason.Future
    )]
    [InlineData("5", DeadLetterReason.WrongShape)]
    [InlineData("""{"beacon":"x"}""", DeadLetterReason.WrongShape)]
    public void Of_several_sightings_the_wrong_one_is_refused_and_its_neighbours_count(string wrong, DeadLetterReason reason)
    {
        _bench.Allow(0, location: true);

        (List<Effect> effects, Refusal? refusal) = _bench.Send(
            10,
            Shop.Sightings,
            $$"""[{{wrong}},{"beacon":"{{Shop.Beacon}}","rssi":-40},{{wrong}}]"""
        );

        Assert.Equal(
            [(reason, wrong), (reason, wrong)],
            refusal!.Parts.Select(part => (part.Reason, Encoding.UTF8.GetString(part.Payload)))
        );
        Assert.Equal("shop", Assert.Single(effects.OfType<PutVisit>()).Visit.SiteId);
    }

    private static Instant At(double seconds) => CustomerBench.Start + TimeSpan.FromSeconds(seconds);

    private static (Instant EnteredAt, Instant? ExitedAt) VisitOf(IEnumerable<Effect> effects)
    {
        Visit visit = Assert.Single(effects.OfType<PutVisit>()).Visit;
        return (visit.EnteredAt, visit.ExitedAt);
    }
}
