using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Timers;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Tests;

/// <summary>What waits for long enough is acted upon, once.</summary>
public sealed class TimeTriggerTests
{
    private const string Trigger = """
        {"on":"time","conditions":[{"field":"waitingMinutes","op":"gt","value":30}],"actions":[{"set":{"queue":"late","tags":["late"]}}]}
        """;

    [Fact]
    public async Task A_trigger_of_the_time_acts_once_on_who_waits()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(DocumentKind.Trigger, "late", Trigger);
        await harness.AddCustomerAsync("ann");
        string talk = (
            await harness.AskAsync(grains =>
                grains.Customer("ann").ReceiveMessageAsync(new ReceiveMessage("webchat", "customer:ann", "?", null))
            )
        )
            .Conversation
            .Id;
        TimeTriggers watch = harness.Get<TimeTriggers>();

        await watch.LookAsync(CancellationToken.None);
        string early = (await FindAsync(harness, talk)).Queue;
        harness.Time.Advance(TimeSpan.FromMinutes(32));
        await watch.LookAsync(CancellationToken.None);
        Conversation late = await FindAsync(harness, talk);
        await watch.LookAsync(CancellationToken.None);

        Assert.Equal(("support", "late"), (early, late.Queue));
        Assert.Equal(late.Version, (await FindAsync(harness, talk)).Version);
    }

    private static async Task<Conversation> FindAsync(GrainsHarness harness, string id) =>
        (await harness.Get<IConversationQueries>().FindAsync(id, CancellationToken.None))!;
}
