using OmniIoT.Devices.Models;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Queries;
using OmniIoT.TestKit;

namespace OmniIoT.Grains.Tests;

/// <summary>What macros have done by others than the conversation that they are run on.</summary>
public sealed class DeskActionTests
{
    [Fact]
    public async Task A_command_that_the_device_refuses_after_the_reply_has_left_is_told_in_the_talk()
    {
        await using GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.AddCustomerAsync("ann");
        await harness.RegisterAsync("w1", "ann");
        Conversation talk = (
            await harness.AskAsync(grains =>
                grains.Customer("ann").ReceiveMessageAsync(new ReceiveMessage("webchat", "customer:ann", "?", "w1"))
            )
        ).Conversation;
        // Known everywhere, and to edge nodes alone.
        DeskAction reboot = new() { Command = new CommandOrder(EdgeCommands.Reboot) };
        ActOnConversation macro = new(talk.Id, [new DeskAction { Reply = "We restart it" }, reboot], "agent:bo");

        await harness.AskAsync(_ => harness.Get<DeskActions>().RunAsync(talk, macro, "Bo", TestContext.Current.CancellationToken));

        ConversationMessage told = await Awaited.Seen(() => NoteAsync(harness, talk.Id), "note about the command");
        Assert.StartsWith("Not done: The model 'washer' has no command 'reboot'", told.Text, StringComparison.Ordinal);
    }

    private static async Task<ConversationMessage?> NoteAsync(GrainsHarness harness, string talk) =>
        (
            await harness.Get<IConversationQueries>().MessagesAsync(talk, new PageRequest(null, 50), CancellationToken.None)
        ).Items.FirstOrDefault(static message => message.Internal);
}
