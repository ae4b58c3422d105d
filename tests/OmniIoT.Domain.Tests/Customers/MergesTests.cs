using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;

namespace OmniIoT.Domain.Tests.Customers;

public sealed class MergesTests
{
    private static readonly Identity Tag = new("tag", "t1");

    [Fact]
    public void A_chain_of_merges_leads_to_its_end()
    {
        Merges merges = Merges.Of([Merge("b", "a"), Merge("c", "b"), Merge("y", "x")]);

        Assert.Equal(["a", "a", "a", "x", "z", null], new[] { "a", "b", "c", "y", "z", null }.Select(merges.SurvivorOf));
        Assert.Equal(["a", "b", "c"], merges.MembersOf("c"));
        Assert.Equal(["z"], merges.MembersOf("z"));
        Assert.True(merges.AreOne("b", "c"));
        Assert.False(merges.AreOne("b", "y"));
        Assert.False(merges.AreOne("b", null));
    }

    [Fact]
    public void Merges_that_lead_in_a_circle_end_with_who_survived_the_latest()
    {
        Merges merges = Merges.Of([Merge("a", "b", 1), Merge("b", "c", 2), Merge("c", "a", 3), Merge("x", "b", 0), Merge("s", "s", 0)]);

        Assert.Equal(["a", "a", "a", "a", "s"], new[] { "a", "b", "c", "x", "s" }.Select(merges.SurvivorOf));
        Assert.Equal(["a", "b", "c", "x"], merges.MembersOf("x"));
        Assert.Equal(["s"], merges.MembersOf("s"));
    }

    [Fact]
    public void Of_two_merges_of_one_customer_the_first_counts() =>
        Assert.Equal("b", Merges.Of([Merge("a", "b"), Merge("a", "c")]).SurvivorOf("a"));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Whatever_is_stored_is_read_like_a_walk_that_marks_its_steps(bool acyclic)
    {
        Random random = new(acyclic ? 11 : 12);
        for (int round = 0; round < 500; round++)
        {
            Merge[] stored = [.. Enumerable.Range(0, random.Next(12)).Select(at => Any(random, acyclic, at))];

            Merges merges = Merges.Of(stored);

            Dictionary<string, string> into = stored.DistinctBy(merge => merge.Id).ToDictionary(merge => merge.Id, merge => merge.Into);
            foreach (string id in into.Keys)
            {
                string survivor = merges.SurvivorOf(id);
                Assert.Contains(survivor, Reached(id, into));
                Assert.Equal(survivor, merges.SurvivorOf(into[id]));
                Assert.Equal(survivor, merges.SurvivorOf(survivor));
                Assert.Single(merges.MembersOf(id), id);
            }
        }
    }

    [Fact]
    public void A_chain_of_a_hundred_thousand_is_followed_once()
    {
        Merge[] chain = [.. Enumerable.Range(0, 100_000).Select(i => Merge($"c{i}", $"c{i + 1}"))];

        Merges merges = Merges.Of(chain);

        Assert.Equal("c100000", merges.SurvivorOf("c0"));
        Assert.Equal(100_001, merges.MembersOf("c5").Count);
    }

    [Fact]
    public void The_bearer_of_an_identity_is_who_had_it_before_the_merge()
    {
        Merges merges = Merges.Of([Merge("b", "a", Tag), Merge("c", "b", Tag), Merge("y", "x")]);

        Assert.Equal(["c"], merges.BearersOf(Tag, ["a", "b", "c"]));
        Assert.Equal(["x", "z"], merges.BearersOf(Tag, ["x", "y", "z"]));
    }

    [Fact]
    public void What_a_merge_brought_goes_again_and_what_was_changed_since_stays()
    {
        Customer survivor = Person("a", null, ["vip"], new Identity("email", "a@example.com"));
        Customer other = Person("b", "Berta", ["vip", "new"], new Identity("email", "a@example.com"), Tag) with
        {
            Consent = new Consent(Email: true),
        };

        MergeGain gain = MergeGain.Of(survivor, other);
        Customer merged = gain.AddTo(survivor);

        Assert.Equal(("Berta", 2, survivor.Consent), (merged.Name, merged.Version, merged.Consent));
        Assert.Equal(["vip", "new"], merged.Tags);
        Assert.Equal([new Identity("email", "a@example.com"), Tag], merged.Identities);
        Customer restored = gain.TakeFrom(merged);
        Assert.Equal((null, 3), (restored.Name, restored.Version));
        Assert.Equal(survivor.Tags, restored.Tags);
        Assert.Equal(survivor.Identities, restored.Identities);
        Assert.Equal("Bert", gain.TakeFrom(merged with { Name = "Bert" }).Name);
    }

    private static Merge Any(Random random, bool acyclic, int at)
    {
        int from = random.Next(8);
        int into = acyclic ? from + 1 + random.Next(3) : random.Next(8);
        return Merge($"c{from}", $"c{into}", at);
    }

    private static HashSet<string> Reached(string id, Dictionary<string, string> into)
    {
        HashSet<string> reached = [];
        for (string? next = id; next is not null && reached.Add(next); next = into.GetValueOrDefault(next))
        {
            // On to the next.
        }
        return reached;
    }

    private static Merge Merge(string id, string into, params Identity[] gained) => Merge(id, into, 0, gained);

    private static Merge Merge(string id, string into, long at, params Identity[] gained) =>
        new(id, into, new Instant(at), new MergeGain(null, null, null, [], gained));

    private static Customer Person(string id, string? name, string[] tags, params Identity[] identities) =>
        new()
        {
            Id = id,
            Name = name,
            Locale = null,
            TimeZone = null,
            Tags = tags,
            Consent = new Consent(),
            Identities = identities,
            CreatedAt = new Instant(0),
            Version = 1,
        };
}
