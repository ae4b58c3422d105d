using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Commit;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Words of the company that wait for a provider.</summary>
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

    private ValueTask<IReadOnlyList<WaitingMessage>> DueAsync(double at) => Store.OutgoingMessages.DueAsync(Samples.At(at), 10, Cancel);
}
