using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Queries;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Promises to call customers back.</summary>
public abstract class CallBackContract : StoreContract
{
    [Fact]
    public async Task Who_has_waited_longest_comes_first_page_by_page_and_counted()
    {
        Commit(
            new PutCallBack(Samples.CallBack("late", requestedAt: 30)),
            new PutCallBack(Samples.CallBack("early", requestedAt: 10)),
            new PutCallBack(Samples.CallBack("other", requestedAt: 20, queue: "dryers"))
        );

        Page<CallBack> first = await Store.CallBacks.ListAsync(new CallBackFilter(), new PageRequest(null, 2, Count: true), Cancel);
        Page<CallBack> rest = await Store.CallBacks.ListAsync(new CallBackFilter(), new PageRequest(first.Next, 2), Cancel);

        Assert.Equal(["early", "other"], first.Items.Select(static one => one.Id));
        Assert.Equal(3, first.Total);
        Assert.Equal(["late"], rest.Items.Select(static one => one.Id));
    }

    [Fact]
    public async Task A_call_back_is_found_as_it_last_was_by_queue_and_status()
    {
        Commit(new PutCallBack(Samples.CallBack("one")), new PutCallBack(Samples.CallBack("two", queue: "dryers")));
        CallBack done = Samples.CallBack("one") with { Status = CallBackStatus.Done, EndedAt = Samples.At(60), MessageId = "m1" };
        Commit(new PutCallBack(done));

        AssertSame(done, await Store.CallBacks.FindAsync("one", Cancel));
        Assert.Null(await Store.CallBacks.FindAsync("none", Cancel));
        Assert.Equal(["one"], await IdsAsync(new CallBackFilter(Status: CallBackStatus.Done)));
        Assert.Equal(["two"], await IdsAsync(new CallBackFilter("dryers", CallBackStatus.Waiting)));
        Assert.Empty(await IdsAsync(new CallBackFilter("dryers", CallBackStatus.Failed)));
    }

    [Fact]
    public async Task Whoever_is_bounded_sees_those_of_their_queues_and_an_erasure_takes_all_of_a_customer()
    {
        Commit(new PutCallBack(Samples.CallBack("one")), new PutCallBack(Samples.CallBack("two", "c2", queue: "dryers")));

        Assert.Equal(["two"], await IdsAsync(new CallBackFilter { Within = Bounds.Of(["dryers"], null) }));
        Assert.Empty(await IdsAsync(new CallBackFilter { Within = Bounds.Of(null, ["s1"]) }));
        Commit(new EraseCustomer("c1"));
        Assert.Equal(["two"], await IdsAsync(new CallBackFilter()));
    }

    private async Task<IEnumerable<string>> IdsAsync(CallBackFilter filter) =>
        (await Store.CallBacks.ListAsync(filter, new PageRequest(null, 50), Cancel)).Items.Select(static one => one.Id);
}
