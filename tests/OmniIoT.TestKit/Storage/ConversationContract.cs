using OmniIoT.Domain;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Conversations, the outbox and dead letters.</summary>
public abstract class ConversationContract : StoreContract
{
    [Fact]
    public async Task Conversations_come_by_their_last_message_newest_first()
    {
        Commit(
            new PutConversation(Samples.Conversation("t1", lastMessageAt: 1)),
            new PutConversation(Samples.Conversation("t2", lastMessageAt: 2, status: ConversationStatus.Closed)),
            new PutConversation(Samples.Conversation("t3", "c2", lastMessageAt: 3, queue: "sales"))
        );
        Commit(new PutConversation(Samples.Conversation("t1", lastMessageAt: 9)));

        Assert.Equal(["t1", "t3", "t2"], await Ids(new ConversationFilter()));
        Assert.Equal(["t2"], await Ids(new ConversationFilter(Status: ConversationStatus.Closed)));
        Assert.Equal(["t3"], await Ids(new ConversationFilter(Queue: "sales")));
        Assert.Equal(["t1", "t2"], await Ids(new ConversationFilter(CustomerId: "c1")));
        Commit(
            new PutConversation(
                Samples.Conversation("t3", "c2", lastMessageAt: 3, queue: "sales") with
                {
                    Channel = "sms",
                    Assignee = "bo",
                }
            )
        );
        Assert.Equal(["t3"], await Ids(new ConversationFilter(Channel: "sms")));
        Assert.Equal(["t3"], await Ids(new ConversationFilter(Assignee: "bo")));
        Assert.Equal(["t3"], await Ids(new ConversationFilter(Queue: "SALES", Channel: "Sms", Assignee: "BO") { IgnoresCase = true }));
        Assert.Equal(["t3", "t2"], await Ids(new ConversationFilter { QuietSince = Samples.At(3) }));
        Commit(new PutCustomer(Samples.Customer("c2", "Leyla Quliyeva")));
        Assert.Equal(["t3"], await Ids(new ConversationFilter(Text: "quliyeva LEYLA")));
        AssertSame(Samples.Conversation("t1", lastMessageAt: 9), await Store.Conversations.FindAsync("t1", Cancel));
        Assert.Null(await Store.Conversations.FindAsync("t9", Cancel));
    }

    [Fact]
    public async Task Conversations_are_counted_by_queue_and_status_within_the_filter()
    {
        Commit(
            new PutConversation(Samples.Conversation("t1") with { Assignee = "bo" }),
            new PutConversation(Samples.Conversation("t2", status: ConversationStatus.Closed)),
            new PutConversation(Samples.Conversation("t3", "c2", queue: "sales")),
            new PutConversation(Samples.Conversation("t4", "c2"))
        );

        Assert.Equal(
            [
                new ConversationCount("sales", ConversationStatus.Open, 1),
                new ConversationCount("support", ConversationStatus.Closed, 1),
                new ConversationCount("support", ConversationStatus.Open, 2),
            ],
            await Store.Conversations.CountAsync(new ConversationFilter(), Cancel)
        );
        Assert.Equal(
            [new ConversationCount("support", ConversationStatus.Open, 1)],
            await Store.Conversations.CountAsync(new ConversationFilter(Assignee: "bo"), Cancel)
        );
        Assert.Equal(3, (await Ids(new ConversationFilter(Assignee: ""))).Count());
        Assert.Empty(await Store.Conversations.CountAsync(new ConversationFilter(Text: "nobody"), Cancel));
    }

    [Fact]
    public async Task Messages_come_newest_first_and_only_once()
    {
        Commit(
            new AppendMessage(Samples.Message("m2", at: 2), "c1"),
            new AppendMessage(Samples.Message("m1", at: 1, text: "Sual"), "c1"),
            new AppendMessage(Samples.Message("m3", "t2"), "c1")
        );
        Commit(new AppendMessage(Samples.Message("m1", at: 1, text: "changed"), "c1"));

        AssertSame(
            [Samples.Message("m2", at: 2), Samples.Message("m1", at: 1, text: "Sual")],
            await AllPages(page => Store.Conversations.MessagesAsync("t1", page, Cancel), 1)
        );
    }

    [Fact]
    public async Task What_was_merged_into_a_conversation_is_read_with_it()
    {
        Commit(
            new PutConversation(Samples.Conversation("t1")),
            new PutConversation(Samples.Conversation("t2") with { MergedInto = "t1" }),
            new PutConversation(Samples.Conversation("t3") with { MergedInto = "t2" }),
            new AppendMessage(Samples.Message("m0", "t3", at: 0), "c1"),
            new AppendMessage(Samples.Message("m1", "t2", at: 1), "c1"),
            new AppendMessage(Samples.Message("m2", "t1", at: 2), "c1")
        );

        AssertSame(
            [Samples.Message("m2", "t1", at: 2), Samples.Message("m1", "t1", at: 1), Samples.Message("m0", "t1", at: 0)],
            await AllPages(page => Store.Conversations.MessagesAsync("t1", page, Cancel), 5)
        );
        Assert.Equal(
            ["t3", "t2", "t1"],
            (await Store.Conversations.MessagesOfAsync("c1", new PageRequest(null), Cancel)).Items.Select(message => message.ConversationId)
        );
    }

    [Fact]
    public async Task A_message_is_found_by_its_id_and_by_its_provider_s_name_also_when_it_got_that_later()
    {
        ConversationMessage sent = Samples.Message("m1") with { Channel = "sms" };
        Commit(new AppendMessage(sent, "c1"), new AppendMessage(Samples.Message("m2") with { Channel = "mail", ExternalId = "SM1" }, "c2"));
        Assert.Null(await Store.Conversations.FindMessageAsync("sms", "SM1", Cancel));

        ConversationMessage named = sent with { ExternalId = "SM1", State = MessageState.Failed, Error = "bounced" };
        Commit(new PutMessage(named, "c1"));

        AssertSame(new MessageOfCustomer("c1", named), await Store.Conversations.FindMessageAsync("sms", "SM1", Cancel));
        AssertSame(new MessageOfCustomer("c1", named), await Store.Conversations.FindMessageAsync("m1", Cancel));
        Assert.Null(await Store.Conversations.FindMessageAsync("m9", Cancel));
    }

    [Fact]
    public async Task Downlinks_wait_in_order_until_they_are_taken_out()
    {
        Downlink retained = Samples.Downlink("o2", EntityId.Customer("c1")) with
        {
            Retain = true,
            ExpiresAt = null,
            Payload = [],
            Change = [7, 8],
        };
        Commit(new Enqueue(retained), new Enqueue(Samples.Downlink("o1")), new Enqueue(Samples.Downlink("o3")));
        Commit(new Dequeue("o1"), new Dequeue("not there"));

        IReadOnlyList<Downlink> pending = await Store.Outbox.PendingAsync(null, 10, Cancel);

        Assert.Equal(["o2", "o3"], pending.Select(downlink => downlink.Id));
        AssertSame(retained, pending[0]);
        AssertSame(Samples.Downlink("o3"), Assert.Single(await Store.Outbox.PendingAsync("o2", 10, Cancel)));
    }

    [Fact]
    public async Task A_downlink_that_is_claimed_goes_out_once_whoever_claims_it()
    {
        Commit(new Enqueue(Samples.Downlink("o1")));

        CommitUnit first = UnitOf(new Dequeue("o1", IsClaim: true), new AppendTimeline(Samples.Entry("first")));
        CommitUnit second = UnitOf(new Dequeue("o1", IsClaim: true), new AppendTimeline(Samples.Entry("second")));

        Store.Commits.Commit([first, second]);

        Assert.Equal((CommitOutcome.Committed, CommitOutcome.Conflict), (first.Outcome, second.Outcome));
        second.Outcome = CommitOutcome.Pending;
        Store.Commits.Commit([second]);
        Assert.Equal(CommitOutcome.Conflict, second.Outcome);

        Assert.Equal(
            ["first"],
            (await Store.Timeline.ListAsync(new TimelineFilter("c1"), new PageRequest(null), Cancel)).Items.Select(entry => entry.Id)
        );
    }

    [Fact]
    public async Task Dead_letters_come_newest_first()
    {
        Commit(Enumerable.Range(1, 3).Select(i => new AppendDeadLetter(Samples.DeadLetter($"x{i}", i))));

        List<DeadLetter> letters = await AllPages(page => Store.DeadLetters.ListAsync(page, Cancel), 2);

        Assert.Equal(["x3", "x2", "x1"], letters.Select(letter => letter.Id));
        AssertSame(Samples.DeadLetter("x3", 3), letters[0]);
    }

    private async Task<IEnumerable<string>> Ids(ConversationFilter filter) =>
        (await AllPages(page => Store.Conversations.ListAsync(filter, page, Cancel), 2)).Select(conversation => conversation.Id);
}
