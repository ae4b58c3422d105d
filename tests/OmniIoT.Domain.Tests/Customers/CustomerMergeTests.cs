using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>A survivor has what all who are merged with it have, for as long as they are.</summary>
public sealed class CustomerMergeTests
{
    private static readonly Identity Shared = new("email", "family@example.com");

    private readonly CustomerBench _bench = new();
    private readonly List<Merge> _merges = [];

    [Fact]
    public void A_merge_is_told_on_the_survivors_timeline_and_its_end_on_both()
    {
        List<Effect> merged = Merge(1, Other("bea"));
        List<Effect> parted = Unmerge(2, "bea");

        Assert.Equal([(TimelineKind.IdentityMerged, "ann")], EntriesOf(merged));
        Assert.Equal([(TimelineKind.IdentityUnmerged, "ann"), (TimelineKind.IdentityUnmerged, "bea")], EntriesOf(parted));
        Assert.Equal(new RemoveMerge("bea"), Assert.Single(parted.OfType<RemoveMerge>()));
    }

    [Fact]
    public void Nobody_consents_by_being_merged()
    {
        Merge(1, Other("bea") with { Consent = new Consent(true, true, true, true) });

        Assert.Equal(new Consent(), _bench.Grain.State.Facts.Customer.Consent);
    }

    [Fact]
    public void A_merge_or_its_end_that_rests_on_another_version_is_stale()
    {
        Rejection? merge = null;
        Rejection? end = null;

        List<Effect> effects = _bench.Do(
            1,
            (grain, scope) =>
            {
                merge = grain.Handle(scope, new MergeCustomer("bea", 9, "agent:bo"), Other("bea"), []).Rejection;
                Merge any = new("bea", "ann", scope.Moment.Now, MergeGain.Of(Other("ann"), Other("bea")));
                end = grain.Handle(scope, new UnmergeCustomer("bea", 9, "agent:bo"), any, []).Rejection;
            }
        );

        Assert.Equal((RejectionKind.Stale, RejectionKind.Stale), (merge?.Kind, end?.Kind));
        Assert.Empty(effects);
    }

    [Fact]
    public void What_two_brought_stays_until_both_are_gone()
    {
        Merge(1, Other("bea") with { Tags = ["vip"], Identities = [Shared] });
        Merge(2, Other("cem") with { Tags = ["vip"], Identities = [Shared] });

        Unmerge(3, "bea");
        Assert.Equal(["vip"], Known.Tags);
        Assert.Equal([Shared], Known.Identities);
        Unmerge(4, "cem");

        Assert.Empty(Known.Tags);
        Assert.Empty(Known.Identities);
    }

    [Fact]
    public void What_was_taken_from_the_survivor_by_hand_does_not_come_back_with_the_end_of_a_merge()
    {
        Merge(1, Other("bea") with { Tags = ["vip"] });
        Merge(2, Other("cem") with { Tags = ["vip"] });
        _bench.Do(3, (grain, scope) => grain.Replace(scope, Shop.Data(new Consent())));

        Unmerge(4, "bea");

        Assert.Empty(Known.Tags);
    }

    /// <summary>Against a model that keeps the merged and looks at all of them each time.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Whoever_comes_and_goes_in_whatever_order_the_survivor_has_what_those_have_who_are_there(int seed)
    {
        const int Steps = 300;
        Random random = new(seed);
        Customer own = Any(random, "ann") with { Name = random.Next(2) == 0 ? null : "Ann" };
        _bench.Do(0, (grain, scope) => grain.Replace(scope, DataOf(own)));
        List<Customer> there = [];
        Dictionary<string, Customer> all = Enumerable.Range(0, 5).Select(i => Any(random, $"c{i}")).ToDictionary(one => one.Id);

        for (int step = 1; step <= Steps; step++)
        {
            Customer other = all[$"c{random.Next(all.Count)}"];
            if (there.RemoveAll(one => one.Id == other.Id) > 0)
                Unmerge(step, other.Id);
            else
            {
                Merge(step, other);
                there.Add(other);
            }
            AssertHasAll(own, there, $"seed {seed}, step {step}");
            if (random.Next(20) == 0)
                _bench.Restart();
        }
    }

    private Customer Known => _bench.Grain.State.Facts.Customer;

    private void AssertHasAll(Customer own, IReadOnlyList<Customer> there, string when)
    {
        Customer[] person = [own, .. there];
        Assert.True(person.Select(one => one.Name).FirstOrDefault(name => name is not null) == Known.Name, $"{when}: name {Known.Name}");
        Assert.True(person.Select(one => one.Locale).FirstOrDefault(name => name is not null) == Known.Locale, $"{when}: locale");
        Assert.True(person.SelectMany(one => one.Tags).ToHashSet().SetEquals(Known.Tags), $"{when}: tags {string.Join(' ', Known.Tags)}");
        Assert.True(
            person.SelectMany(one => one.Identities).ToHashSet().SetEquals(Known.Identities),
            $"{when}: identities {string.Join(' ', Known.Identities)}"
        );
        Assert.Equal(Known.Tags.Distinct(), Known.Tags);
        Assert.Equal(Known.Identities.Distinct(), Known.Identities);
        Dictionary<string, string> traits = [];
        foreach ((string name, JsonNode? value) in person.SelectMany(one => one.Traits))
            traits.TryAdd(name, value!.ToJsonString());
        Assert.True(
            traits.OrderBy(trait => trait.Key).SequenceEqual(TraitsOf(Known).OrderBy(trait => trait.Key)),
            $"{when}: traits {Known.Traits.ToJsonString()}"
        );
    }

    private static IEnumerable<KeyValuePair<string, string>> TraitsOf(Customer customer) =>
        customer.Traits.Select(trait => KeyValuePair.Create(trait.Key, trait.Value!.ToJsonString()));

    private static Customer Any(Random random, string id) =>
        Other(id) with
        {
            Name = random.Next(3) == 0 ? null : "N" + random.Next(3).ToString(CultureInfo.InvariantCulture),
            Locale = random.Next(3) == 0 ? "az" : null,
            Tags = [.. Some(random).Select(i => $"t{i}")],
            Identities = [.. Some(random).Select(i => new Identity("email", $"{i}@example.com"))],
            Traits = new JsonObject(Some(random).Select(i => KeyValuePair.Create<string, JsonNode?>($"x{i}", random.Next(2)))),
        };

    private static IEnumerable<int> Some(Random random) => [.. Enumerable.Range(0, 4).Where(_ => random.Next(2) == 0)];

    private static Customer Other(string id) =>
        new()
        {
            Id = id,
            Name = null,
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = new Consent(),
            Identities = [],
            CreatedAt = new Instant(0),
            Version = 1,
        };

    private static PutCustomerData DataOf(Customer customer) =>
        new()
        {
            Name = customer.Name,
            Locale = customer.Locale,
            TimeZone = null,
            Tags = customer.Tags,
            Consent = customer.Consent,
            Identities = customer.Identities,
            ExpectedVersion = null,
            Actor = "agent:bo",
            Traits = customer.Traits.DeepClone().AsObject(),
        };

    private List<Effect> Merge(double atSeconds, Customer other)
    {
        List<Effect> effects = _bench.Do(
            atSeconds,
            (grain, scope) => Assert.Null(grain.Handle(scope, new MergeCustomer(other.Id, null, "agent:bo"), other, [.. _merges]).Rejection)
        );
        _merges.Add(Assert.Single(effects.OfType<PutMerge>()).Merge);
        return effects;
    }

    private List<Effect> Unmerge(double atSeconds, string id)
    {
        Merge merge = _merges.Single(one => one.Id == id);
        _merges.Remove(merge);
        return _bench.Do(
            atSeconds,
            (grain, scope) => Assert.Null(grain.Handle(scope, new UnmergeCustomer(id, null, "agent:bo"), merge, [.. _merges]).Rejection)
        );
    }

    private static IEnumerable<(string Kind, string CustomerId)> EntriesOf(IEnumerable<Effect> effects) =>
        effects.OfType<AppendTimeline>().Select(effect => (effect.Entry.Kind, effect.Entry.CustomerId!));
}
