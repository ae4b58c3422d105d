using OmniIoT.Devices;
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
        Customer other = Person("b", "Berta", ["vip", "new"], new Identity("email", "a@example.com"), Tag) with { Consent = new Consent(Email: true) };

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

    private static Merge Merge(string id, string into, params Identity[] gained) =>
        new(id, into, new Instant(0), new MergeGain(null, null, null, [], gained));

    private static Customer Person(string id, string? name, string[] tags, params Identity[] identities) =>
        new(id, name, null, null, tags, new Consent(), identities, new Instant(0), 1);
}
