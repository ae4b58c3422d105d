using System.Text.Json.Nodes;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>What people and other systems write of a customer.</summary>
public sealed class CustomerRequestTests
{
    private readonly CustomerBench _bench = new();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void A_new_customer_has_version_1_and_an_entry_only_of_a_consent(bool location, int entries)
    {
        _bench.Decision.Effects.Clear();

        CustomerDecider.Create(
            _bench.Decision,
            "bea",
            Shop.Data(new Consent(location)),
            new VisitTracker(_bench.Decision.Moment.Settings.Visits)
        );

        Customer created = Assert.Single(_bench.Decision.Effects.OfType<PutCustomer>()).Customer;
        Assert.Equal(("bea", 1, _bench.Decision.Moment.Now), (created.Id, created.Version, created.CreatedAt));
        Assert.Equal(
            entries,
            _bench.Decision.Effects.OfType<AppendTimeline>().Count(effect => effect.Entry.Kind == TimelineKind.ConsentChanged)
        );
    }

    [Fact]
    public void A_change_of_consent_says_what_it_was_and_what_it_is()
    {
        List<Effect> effects = _bench.Allow(1, location: true);

        TimelineEntry entry = Assert.Single(effects.OfType<AppendTimeline>()).Entry;
        Assert.Equal((TimelineKind.ConsentChanged, "agent:bo"), (entry.Kind, entry.Actor));
        Assert.False((bool)entry.Data["before"]!["location"]!);
        Assert.True((bool)entry.Data["after"]!["location"]!);
        Assert.Empty(_bench.Allow(2, location: true).OfType<AppendTimeline>());
    }

    [Fact]
    public void What_rests_on_another_version_is_stale_and_changes_nothing()
    {
        Rejection? rejection = null;

        List<Effect> effects = _bench.Do(
            1,
            (grain, scope) => rejection = grain.Replace(scope, Shop.Data(new Consent(Location: true), expectedVersion: 7)).Rejection
        );

        Assert.Equal(RejectionKind.Stale, rejection?.Kind);
        Assert.Empty(effects);
        Assert.Equal((1, new Consent()), (_bench.Grain.State.Facts.Customer.Version, _bench.Grain.State.Facts.Customer.Consent));
    }

    [Fact]
    public void What_is_written_whole_is_whole_and_its_version_counts_up()
    {
        PutCustomerData data = Shop.Data(new Consent(), expectedVersion: 1) with
        {
            Locale = "az",
            Tags = ["vip"],
            Identities = [new Identity("email", "a@b")],
            Traits = new JsonObject { ["country"] = "AZ" },
        };

        _bench.Do(1, (grain, scope) => grain.Replace(scope, data));
        Customer bare = Assert
            .Single(_bench.Do(2, (grain, scope) => grain.Replace(scope, Shop.Data(new Consent(), 2))).OfType<PutCustomer>())
            .Customer;

        Assert.Equal((null, 0, 0, 0, 3), (bare.Locale, bare.Tags.Count, bare.Identities.Count, bare.Traits.Count, bare.Version));
        Assert.Equal(CustomerBench.Start, bare.CreatedAt);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("2", true)]
    [InlineData("2.5", false)]
    [InlineData("5", false)]
    [InlineData("\"1\"", false)]
    [InlineData("null", false)]
    public void The_last_bad_answer_to_a_survey_is_remembered(string score, bool isDissatisfied)
    {
        _bench.Do(1, (grain, scope) => grain.Handle(scope, Survey(score)));

        _bench.Restart();

        Assert.Equal(isDissatisfied, _bench.Grain.State.Facts.IsDissatisfied);
    }

    [Fact]
    public void A_good_answer_makes_up_for_a_bad_one_and_other_entries_do_not()
    {
        _bench.Do(1, (grain, scope) => grain.Handle(scope, Survey("1")));
        _bench.Do(2, (grain, scope) => grain.Handle(scope, Survey("5") with { Kind = TimelineKind.NoteAdded }));
        Assert.True(_bench.Grain.State.Facts.IsDissatisfied);

        _bench.Do(3, (grain, scope) => grain.Handle(scope, Survey("4")));

        Assert.False(_bench.Grain.State.Facts.IsDissatisfied);
    }

    [Fact]
    public void An_entry_keeps_when_it_happened_and_when_it_was_written()
    {
        AddTimelineEntry call = Survey("3") with { At = CustomerBench.Start - TimeSpan.FromDays(1), Kind = TimelineKind.CallEnded };

        TimelineEntry entry = Assert.Single(_bench.Do(5, (grain, scope) => grain.Handle(scope, call)).OfType<AppendTimeline>()).Entry;

        Assert.Equal((call.At, CustomerBench.Start + TimeSpan.FromSeconds(5)), (entry.At, entry.RecordedAt));
    }

    [Fact]
    public void A_case_without_a_device_is_the_customers()
    {
        OpenCase request = new("ann", null, "It leaks", CasePriority.High, "support", CaseOpener.Agent, "agent:bo");

        Case opened = Assert.Single(_bench.Do(1, (grain, scope) => grain.Handle(scope, request)).OfType<PutCase>()).Case;

        Assert.Equal(("ann", null, "It leaks", EntityId.Customer("ann")), (opened.CustomerId, opened.DeviceId, opened.Title, opened.Owner));
    }

    private static AddTimelineEntry Survey(string score) =>
        new()
        {
            At = null,
            Kind = TimelineKind.SurveyAnswered,
            Channel = "email",
            Direction = TimelineDirection.In,
            Actor = "customer:ann",
            Title = "Answered",
            Text = null,
            Refs = TimelineRefs.None,
            Data = JsonNode.Parse($$"""{"score":{{score}}}""")!.AsObject(),
        };
}
