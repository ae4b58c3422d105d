using OmniIoT.Commit.Delivery;
using OmniIoT.Commit.Tests.Support;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Voice;
using OmniIoT.TestKit.Storage;

namespace OmniIoT.Commit.Tests.Delivery;

/// <summary>Whom a letter is brought to.</summary>
public sealed class LetterTests : IAsyncLifetime
{
    private readonly CommitBench _bench = new();
    private readonly AskedGrains _grains = new();
    private readonly AskedActions _actions = new();
    private readonly GrainPostman _postman;

    public LetterTests() =>
        _postman = new GrainPostman(
            _bench.Store.Mail,
            _bench.Store.Customers,
            _bench.Store.Cases,
            _grains,
            _grains,
            _actions,
            _bench.Deliveries
        );

    public async ValueTask InitializeAsync() => await _postman.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await CommitBench.StopAsync(_postman);
        await _bench.DisposeAsync();
    }

    [Fact]
    public async Task A_notice_goes_to_who_answers_for_the_owner()
    {
        _grains.Merges = Merges.Of([Samples.Merge("ann", "bea"), Samples.Merge("bea", "cem")]);

        await BringAsync(new NoticeDue("ann", "w1", "a1", "overheat", null, new(1), "It is hot."));

        Assert.Equal(["customer cem TakeNoticeAsync"], _grains.Asked);
    }

    [Fact]
    public async Task That_somebody_wants_to_be_left_alone_goes_to_who_answers_for_them()
    {
        _grains.Merges = Merges.Of([Samples.Merge("ann", "bea")]);

        await BringAsync(new ConsentWithdrawn("ann", "sms"));

        Assert.Equal(["customer bea TakeWithdrawalAsync"], _grains.Asked);
    }

    [Fact]
    public async Task That_a_case_is_over_goes_to_whoever_knows_who_has_the_talk()
    {
        CaseEnded ended = new("ann", new(1), new SurveySubject { CaseId = "k1" });

        await BringAsync(ended);

        Assert.Equal([ended], _actions.Told);
    }

    [Fact]
    public async Task A_promise_that_is_handed_on_goes_to_whoever_knows_who_has_the_talk()
    {
        CallBackHandedOn handed = new("ann", Samples.CallBack("p1", "ann"));

        await BringAsync(handed);

        Assert.Equal([handed], _actions.Told);
    }

    [Fact]
    public async Task A_tag_is_seen_by_each_person_who_has_it_once_and_by_who_had_it_before_a_merge()
    {
        Identity tag = new(GrainPostman.TagIdentity, "t1");
        _grains.Merges = Merges.Of([new Merge("bea", "ann", new(1), new MergeGain(null, null, null, [], [tag]))]);
        foreach (string id in new[] { "ann", "bea", "cem" })
            await _bench.CommitAsync(new PutCustomer(Samples.Customer(id, id, tag)));
        await _bench.CommitAsync(new PutCustomer(Samples.Customer("dan", "dan", new Identity("email", "t1"))));

        await BringAsync(new TagSighted("scanner", "mall", "t1", new(1), new(2), -60));

        Assert.Equal(["customer bea TakeSightingAsync", "customer cem TakeSightingAsync"], _grains.Asked.Order());
    }

    [Theory]
    [InlineData("w1", "device w1")]
    [InlineData(null, "customer ann")]
    public async Task An_answer_goes_to_the_owner_of_the_case(string? deviceId, string owner)
    {
        await _bench.CommitAsync(new PutCase(Samples.Case("k1", 1, "ann", deviceId)));

        await BringAsync(new CustomerAnswered("ann", "k1", new(1)));

        Assert.Equal([owner + " AnswerCaseAsync"], _grains.Asked);
    }

    [Fact]
    public async Task A_receipt_goes_to_who_was_made_the_offer()
    {
        _grains.Merges = Merges.Of([Samples.Merge("ann", "bea")]);
        await _bench.CommitAsync(new PutOffer(Samples.Offer("o1", "ann")));

        await BringAsync(new OfferReceived("bea", "o1"), new OfferReceived("bea", "gone"));

        Assert.Equal(["customer ann TakeReceiptAsync"], _grains.Asked);
    }

    [Fact]
    public async Task What_a_trigger_wants_done_goes_to_who_does_it()
    {
        ActionsDue due = new("k1", "trigger:t", "ann", []) { ConversationId = "talk" };

        await BringAsync(due);

        Assert.Equal(("k1", "talk"), (Assert.Single(_actions.Done).Key, _actions.Done.Single().ConversationId));
    }

    [Fact]
    public async Task What_is_about_nobody_concerns_nobody()
    {
        await BringAsync(new CustomerAnswered("ann", "gone", new(1)), new TagSighted("scanner", "mall", "nobodys", new(1), new(2), -60));

        Assert.Empty(_grains.Asked);
        Assert.Empty(_bench.Log.Entries);
    }

    [Fact]
    public async Task Letters_of_one_target_are_brought_in_their_order_though_the_first_fails_for_a_while()
    {
        int failures = 3;
        _grains.Fail = asked => asked.StartsWith("customer ann", StringComparison.Ordinal) && Interlocked.Decrement(ref failures) >= 0;

        await BringAsync(
            new NoticeDue("ann", "w1", "a1", "overheat", null, new(1), "first"),
            new NoticeDue("ann", "w1", "a2", "door", null, new(2), "second"),
            new NoticeDue("ann", "w1", "a3", "leak", null, new(3), "third")
        );

        Assert.Equal(["first", "second", "third"], _grains.Notices.Select(notice => notice.Text));
    }

    /// <summary>Leaves letters, and lets time pass until all of them are done.</summary>
    private async Task BringAsync(params LetterContent[] contents)
    {
        await _bench.CommitAsync(contents.Select((content, i) => new Tell(new GrainLetter($"l{i}", content))));
        await _bench.PassUntil(
            async () => await _bench.Store.Mail.PendingAsync(null, 1, CancellationToken.None) is [] ? "nothing" : null,
            "end of the letters"
        );
    }
}
