using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Commit;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Words of the company that wait for a provider, and files of messages.</summary>
public abstract class OutgoingContract : StoreContract
{
    [Fact]
    public async Task The_first_of_each_conversation_is_due_and_the_next_once_it_has_gone()
    {
        Commit(
            new SendMessage(Samples.Outgoing("m1")),
            new SendMessage(Samples.Outgoing("m2")),
            new SendMessage(Samples.Outgoing("m3", "t2"))
        );
        Commit(new SendMessage(Samples.Outgoing("m1")));

        IReadOnlyList<WaitingMessage> due = await DueAsync(0);
        Assert.Equal(["m1", "m3"], due.Select(waiting => waiting.Message.MessageId));
        AssertSame(new WaitingMessage(due[0].Position, Samples.Outgoing("m1"), 0, IsBegun: false), due[0]);

        Commit(new EndSending("m1"), new EndSending("not there"));
        Assert.Equal(["m2", "m3"], (await DueAsync(0)).Select(waiting => waiting.Message.MessageId));
    }

    [Fact]
    public async Task What_is_put_off_holds_up_its_own_conversation_only()
    {
        Commit(
            new SendMessage(Samples.Outgoing("m1")),
            new SendMessage(Samples.Outgoing("m2")),
            new SendMessage(Samples.Outgoing("m3", "t2"))
        );
        Commit(new BeginSending("m1", 0));
        Assert.True((await DueAsync(0))[0].IsBegun);

        Commit(new SendLater("m1", Samples.At(30)));

        Assert.Equal(["m3"], (await DueAsync(29)).Select(waiting => waiting.Message.MessageId));
        WaitingMessage again = (await DueAsync(30))[0];
        Assert.Equal(("m1", 1, false), (again.Message.MessageId, again.Tries, again.IsBegun));
    }

    [Fact]
    public async Task A_channel_that_is_out_of_reach_holds_up_no_other_of_the_conversation()
    {
        Commit(
            new SendMessage(Samples.Outgoing("m1")),
            new SendMessage(Samples.Outgoing("m2") with { Channel = "mail" }),
            new SendMessage(Samples.Outgoing("m3") with { Channel = "mail" })
        );

        Commit(new BeginSending("m1", 0), new SendLater("m1", Samples.At(30)));

        Assert.Equal(["m2"], (await DueAsync(0)).Select(waiting => waiting.Message.MessageId));
    }

    [Fact]
    public async Task It_is_begun_once_whoever_begins()
    {
        Commit(new SendMessage(Samples.Outgoing("m1")));
        CommitUnit first = UnitOf(new BeginSending("m1", 0)),
            second = UnitOf(new BeginSending("m1", 0)),
            gone = UnitOf(new BeginSending("m9", 0));

        Store.Commits.Commit([first, second, gone]);

        Assert.Equal(
            (CommitOutcome.Committed, CommitOutcome.Conflict, CommitOutcome.Conflict),
            (first.Outcome, second.Outcome, gone.Outcome)
        );
        Commit(new BeginSending("m1", 1));
        Assert.Equal((2, true), ((await DueAsync(0))[0].Tries, (await DueAsync(0))[0].IsBegun));
    }

    [Fact]
    public async Task What_waits_for_an_erased_customer_goes_with_them()
    {
        Commit(new SendMessage(Samples.Outgoing("m1")), new SendMessage(Samples.Outgoing("m2", "t2", "c2")));

        Commit(new EraseCustomer("c1"));

        Assert.Equal(["m2"], (await DueAsync(0)).Select(waiting => waiting.Message.MessageId));
    }

    [Fact]
    public async Task A_file_is_kept_while_a_message_names_it_and_goes_with_its_customer()
    {
        byte[] content = Samples.Bytes(100_000, 7);
        Commit(
            new PutAttachment(new Attachment("a1", "leak.png", "image/png", content.Length), content, Samples.At(1)),
            new PutAttachment(new Attachment("a2", "left.txt", "text/plain", 3), "abc"u8.ToArray(), Samples.At(1)),
            new PutAttachment(new Attachment("a3", "new.txt", "text/plain", 0), Array.Empty<byte>(), Samples.At(9))
        );
        StoredAttachment kept = (await Store.Attachments.FindAsync("a1", Cancel))!;
        Assert.Equal(("leak.png", null, Samples.At(1)), (kept.Attachment.Name, kept.CustomerId, kept.At));

        Commit(new AppendMessage(Samples.Message("m1") with { Attachments = [kept.Attachment] }, "c1"));
        Commit(new DropAttachments(Samples.At(5)));

        Assert.Equal(content, await Store.Attachments.ReadAsync("a1", Cancel));
        Assert.Equal("c1", (await Store.Attachments.FindAsync("a1", Cancel))!.CustomerId);
        Assert.Null(await Store.Attachments.FindAsync("a2", Cancel));
        Assert.Empty((await Store.Attachments.ReadAsync("a3", Cancel))!);

        Commit(new EraseCustomer("c1"));
        Assert.Null(await Store.Attachments.ReadAsync("a1", Cancel));
    }

    private ValueTask<IReadOnlyList<WaitingMessage>> DueAsync(double at) => Store.OutgoingMessages.DueAsync(Samples.At(at), 10, Cancel);
}
