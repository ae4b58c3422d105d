using System.Text;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Mqtt.Packets;
using OmniIoT.Mqtt.Protocol;
using OmniIoT.Mqtt.Topics;

namespace OmniIoT.Gateway.Tests.Units;

public sealed class SubscriptionTreeTests
{
    private static readonly string[] Levels = ["a", "b", "", "+", "#", "$s"];

    [Fact]
    public async Task The_tree_matches_what_a_walk_over_all_filters_matches()
    {
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        PrincipalScope scope = new(null);
        Random random = new(7);
        SubscriptionTree tree = new();
        List<SessionSubscription> all = [];
        for (int i = 0; i < 300; i++)
        {
            if (!TopicFilter.TryParse(Text(random, Levels), out TopicFilter? filter))
                continue;
            SessionSubscription subscription = new(
                new Session(host.SessionParts, scope, $"s{i}"),
                new Subscription(filter, QualityOfService.AtMostOnce),
                0
            );
            tree.Put(subscription);
            all.Add(subscription);
        }

        while (all.Count > 0)
        {
            for (int i = 0; i < 50; i++)
                Compare(tree, all, Text(random, ["a", "b", "", "$s"]));
            foreach (SessionSubscription gone in all.Where(_ => random.Next(4) == 0).ToList())
            {
                Assert.True(tree.Remove(gone));
                all.Remove(gone);
            }
        }
        Assert.True(tree.IsEmpty);
    }

    private static void Compare(SubscriptionTree tree, List<SessionSubscription> all, string topic)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(topic);
        if (!TopicName.IsValid(utf8))
            return;
        IEnumerable<string> expected = all.Where(subscription => subscription.Filter.Matches(utf8))
            .Select(subscription => subscription.Session.ClientId);
        IEnumerable<string> actual = tree.Match(utf8, null).Targets.Select(target => target.Session.ClientId);
        Assert.Equal(expected.Order(), actual.Order());
    }

    private static string Text(Random random, string[] levels) =>
        string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(levels.Length)]));
}
