using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Grains.Timers;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

/// <summary>What waits for long enough is acted upon, once.</summary>
public sealed class TimeTriggerTests
{
    private const string Trigger = """
        {"on":"time","conditions":[{"field":"waitingMinutes","op":"gt","value":30}],"actions":[{"set":{"queue":"late","tags":["late"]}}]}
        """;

    private const string Answering = """
        {"on":"time","conditions":[{"field":"title","op":"eq","value":"It leaks"}],
        "actions":[{"reply":"We come"},{"set":{"priority":"urgent"}}]}
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

    [Fact]
    public async Task One_that_replies_acts_once_on_each_case_also_when_the_talk_is_over()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(DocumentKind.Trigger, "answering", Answering);
        await harness.AddCustomerAsync("ann");
        string talk = (
            await harness.AskAsync(grains =>
                grains.Customer("ann").ReceiveMessageAsync(new ReceiveMessage("webchat", "customer:ann", "?", null))
            )
        )
            .Conversation
            .Id;
        Case[] opened = [await OpenAsync(harness), await OpenAsync(harness)];
        TimeTriggers watch = harness.Get<TimeTriggers>();

        await watch.LookAsync(CancellationToken.None);
        await watch.LookAsync(CancellationToken.None);
        foreach (Case one in opened)
            await Awaited.Seen(async () => await UrgentAsync(harness, one.Id), "case that is urgent");
        await harness.AskAsync(grains =>
            grains
                .Customer("ann")
                .ChangeConversationAsync(
                    new ChangeConversation
                    {
                        ConversationId = talk,
                        Status = ConversationStatus.Closed,
                        Assignee = null,
                        ExpectedVersion = null,
                    }
                )
        );
        await watch.LookAsync(CancellationToken.None);

        IConversationQueries conversations = harness.Get<IConversationQueries>();
        Page<ConversationMessage> said = await conversations.MessagesOfAsync("ann", new PageRequest(null, 50), CancellationToken.None);
        Assert.Equal(["We come", "We come"], said.Items.Select(static one => one.Text).Where(static text => text != "?"));
        ConversationFilter all = new(CustomerId: "ann");
        Assert.Single((await conversations.ListAsync(all, new PageRequest(null, 50), CancellationToken.None)).Items);
    }

    private static Task<Case> OpenAsync(GrainsHarness harness) =>
        harness.AskAsync(grains =>
            grains
                .Customer("ann")
                .OpenCaseAsync(new OpenCase("ann", null, "It leaks", CasePriority.Normal, "support", CaseOpener.Agent, "agent:bo"))
        );

    private static async Task<Case?> UrgentAsync(GrainsHarness harness, string id) =>
        await harness.Get<ICaseQueries>().FindAsync(id, CancellationToken.None) is { Priority: CasePriority.Urgent } urgent ? urgent : null;

    private static async Task<Conversation> FindAsync(GrainsHarness harness, string id) =>
        (await harness.Get<IConversationQueries>().FindAsync(id, CancellationToken.None))!;
}
