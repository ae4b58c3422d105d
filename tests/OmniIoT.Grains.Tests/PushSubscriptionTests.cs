using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Channels;

namespace OmniIoT.Grains.Tests;

/// <summary>Browsers that persons let the company tell things to.</summary>
public sealed class PushSubscriptionTests
{
    private static readonly PushSubscription Browser = new("https://push.example/1", "key", "auth");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_person_ends_is_ended_with_all_that_they_were()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.AddCustomerAsync("bea");
        IPushSubscriptions subscriptions = harness.Get<IPushSubscriptions>();
        Assert.True(await subscriptions.SubscribeAsync("bea", Browser, Cancel));
        Assert.Null((await harness.Get<Merging>().MergeAsync("ann", new MergeCustomer("bea", null, "agent:bo"))).Rejection);

        await subscriptions.EndAsync("ann", Browser.Endpoint, Cancel);

        Reply<bool> wasThere = await harness.Grains.Customer("bea").EndPushAsync(new EndPush(Browser.Endpoint));
        Assert.False(wasThere.Result);
    }

    [Fact]
    public async Task Who_turns_out_to_be_another_as_well_is_told_by_the_same_browsers()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.AddCustomerAsync("bea");
        Assert.True(await harness.Get<IPushSubscriptions>().SubscribeAsync("bea", Browser, Cancel));

        Assert.Null((await harness.Get<Merging>().MergeAsync("ann", new MergeCustomer("bea", null, "agent:bo"))).Rejection);

        Assert.True((await harness.Grains.Customer("ann").EndPushAsync(new EndPush(Browser.Endpoint))).Result);
        Assert.True((await harness.Grains.Customer("bea").EndPushAsync(new EndPush(Browser.Endpoint))).Result);
    }

    [Fact]
    public async Task Who_turns_out_to_be_somebody_else_is_told_nothing_until_they_say_so_again()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.AddCustomerAsync("bea");
        Assert.True(await harness.Get<IPushSubscriptions>().SubscribeAsync("bea", Browser, Cancel));
        Merging merging = harness.Get<Merging>();
        await merging.MergeAsync("ann", new MergeCustomer("bea", null, "agent:bo"));

        Assert.Null((await merging.UnmergeAsync("ann", new UnmergeCustomer("bea", null, "agent:bo"))).Rejection);

        Assert.False((await harness.Grains.Customer("ann").EndPushAsync(new EndPush(Browser.Endpoint))).Result);
        Assert.False((await harness.Grains.Customer("bea").EndPushAsync(new EndPush(Browser.Endpoint))).Result);
    }
}
