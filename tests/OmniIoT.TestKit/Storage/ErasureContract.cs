using OmniIoT.Domain;
using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Live;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Sessions;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>Erasing a customer leaves nothing of them, and all of everyone else.</summary>
public abstract class ErasureContract : StoreContract
{
    private static readonly PageRequest Whole = new(null, PageRequest.MaximumLimit);

    [Fact]
    public async Task Nothing_of_an_erased_customer_is_found()
    {
        Commit(AllOf("c1"));

        Commit(new EraseCustomer("c1"));

        Assert.Equal(0, await CountOf("c1"));
        Assert.Empty(await Store.Changes.AfterAsync(0, 100, Cancel));
    }

    [Fact]
    public async Task Other_customers_keep_everything()
    {
        Commit(AllOf("c1"));
        Commit(AllOf("c10"));
        int before = await CountOf("c10");

        Commit(new EraseCustomer("c1"));

        Assert.True(before >= 12, $"The sample only has {before} rows.");
        Assert.Equal(before, await CountOf("c10"));
        Assert.Contains(await Store.Changes.AfterAsync(0, 100, Cancel), change => change.CustomerId == "c10");
    }

    [Fact]
    public async Task Devices_alarms_and_cases_stay_and_are_nobodys()
    {
        Commit(AllOf("c1"));

        Commit(new EraseCustomer("c1"));

        Assert.Null((await Store.Devices.FindAsync("c1-device", Cancel))!.CustomerId);
        Assert.Null((await Store.Alarms.FindAsync("c1-alarm", Cancel))!.CustomerId);
        Assert.Null((await Store.Cases.FindAsync("c1-case", Cancel))!.CustomerId);
    }

    [Fact]
    public async Task Cases_commands_and_messages_lose_every_word_that_was_written_of_the_customer()
    {
        EntityId device = EntityId.Device("press-7");
        Commit(
            new PutCase(Samples.Case("k1", 7, "c1") with { Title = "Leyla's press", Resolution = "Leyla did it" }),
            new PutCommand(Samples.Command("k1") with { Arguments = "Leyla", Result = "Leyla", Error = "Leyla", CustomerId = "c1" }),
            new PutCommand(Samples.Command("k2") with { Arguments = "Bea", CustomerId = "c2" }),
            new PutDeviceMessage(Samples.DeviceMessage("m1") with { Payload = "Leyla", CustomerId = "c1" }),
            new Enqueue(Samples.Downlink("o1", device) with { Reference = "command:k1" }),
            new Enqueue(Samples.Downlink("o2", device) with { Reference = "command:k2" }),
            new PutSession(new StoredSession("s1", device, 5, TimeSpan.MaxValue, null)),
            new PutSessionMessage(
                "s1",
                new StoredMessage
                {
                    Order = 1,
                    Topic = "t",
                    Payload = [1],
                    Qos = 1,
                    Retain = false,
                    Properties = [],
                    ExpiresAt = null,
                    PacketIdentifier = 0,
                    State = StoredMessageState.Queued,
                    Reference = "message:m1",
                }
            )
        );

        Commit(new EraseCustomer("c1"));

        Case found = (await Store.Cases.FindAsync("k1", Cancel))!;
        Assert.Equal(("Case 7", null), (found.Title, found.Resolution));
        Assert.Empty((await Store.Cases.ListAsync(new CaseFilter { Text = "leyla" }, Whole, Cancel)).Items);
        DeviceCommand command = (await Store.Devices.FindCommandAsync("press-7", "k1", Cancel))!;
        Assert.Equal((null, null, null, null), (command.Arguments, command.Result, command.Error, command.CustomerId));
        Assert.Equal("Bea", (string?)(await Store.Devices.FindCommandAsync("press-7", "k2", Cancel))!.Arguments);
        Assert.DoesNotContain(
            "Leyla",
            (await Store.Devices.FindMessageAsync("press-7", "m1", Cancel))!.Payload.ToJsonString(),
            StringComparison.Ordinal
        );
        Assert.Equal(["o2"], (await Store.Outbox.PendingAsync(null, 10, Cancel)).Select(downlink => downlink.Id));
        Assert.Empty(await Store.Sessions.MessagesAsync("s1", Cancel));
    }

    [Fact]
    public async Task A_notice_of_the_customers_devices_goes_wherever_it_waits()
    {
        // While they were merged into another, whose apps get it then.
        EntityId other = EntityId.Customer("c2");
        string Of(string id) => CustomerDecider.NoticeReference(id) + "e1";
        GrainLetter Due(string id) => new("l" + id, new NoticeDue(id, "press-7", "a1", "hot", null, Samples.Start, "Dear Leyla"));
        Commit(
            new Tell(Due("c1")),
            new Tell(Due("c10")),
            new Tell(new GrainLetter("m1", new ModelAsked("c1", "talk-1", "message-1", "I am Leyla", "en"))),
            new Enqueue(Samples.Downlink("o1", other) with { Reference = Of("c1") }),
            new Enqueue(Samples.Downlink("o2", other) with { Reference = Of("c10") }),
            new PutSession(new StoredSession("s1", other, 5, TimeSpan.MaxValue, null)),
            new PutSessionMessage(
                "s1",
                new StoredMessage
                {
                    Order = 1,
                    Topic = "t",
                    Payload = [1],
                    Qos = 1,
                    Retain = false,
                    Properties = [],
                    ExpiresAt = null,
                    PacketIdentifier = 0,
                    State = StoredMessageState.Queued,
                    Reference = Of("c1"),
                }
            ),
            new PutSessionMessage(
                "s1",
                new StoredMessage
                {
                    Order = 2,
                    Topic = "t",
                    Payload = [1],
                    Qos = 1,
                    Retain = false,
                    Properties = [],
                    ExpiresAt = null,
                    PacketIdentifier = 0,
                    State = StoredMessageState.Queued,
                    Reference = Of("c10"),
                }
            )
        );

        Commit(new EraseCustomer("c1"));

        Assert.Equal([Due("c10")], await Store.Mail.PendingAsync(null, 10, Cancel));
        Assert.Equal(["o2"], (await Store.Outbox.PendingAsync(null, 10, Cancel)).Select(downlink => downlink.Id));
        Assert.Equal([2L], (await Store.Sessions.MessagesAsync("s1", Cancel)).Select(message => message.Order));
    }

    [Fact]
    public void What_the_same_commit_said_of_the_customer_before_is_not_published()
    {
        IReadOnlyList<Change> changes = Commit([.. AllOf("c1"), new EraseCustomer("c1"), new AppendTimeline(Samples.Entry("e1", "c2"))]);

        Assert.Equal(["c2"], changes.Select(change => change.CustomerId));
    }

    private static Effect[] AllOf(string id)
    {
        EntityId grain = EntityId.Customer(id);
        return
        [
            new PutCustomer(Samples.Customer(id, "Leyla", new Identity("email", $"{id}@example.com"))),
            new PutCredential(grain, "hash"),
            new SaveGrain(grain, new byte[1], null, Samples.At(0), 0),
            new PutDevice(Samples.Device($"{id}-device", customerId: id)),
            new PutAlarm(Samples.Alarm($"{id}-alarm", customerId: id)),
            new PutCase(Samples.Case($"{id}-case", 1, id)),
            new AppendTimeline(Samples.Entry($"{id}-entry", id)),
            new PutVisit(Samples.Visit("v1", id)),
            new PutOffer(Samples.Offer($"{id}-offer", id)),
            new AppendDecision(id, Samples.Decision($"{id}-decision", OfferReason.Sent)),
            new PutConversation(Samples.Conversation($"{id}-talk", id)),
            new AppendMessage(Samples.Message($"{id}-message", $"{id}-talk"), id),
            new PutCallBack(Samples.CallBack($"{id}-callback", id)),
            new Enqueue(Samples.Downlink($"{id}-downlink", grain)),
            new AppendDeadLetter(Samples.DeadLetter($"{id}-dead", principal: grain.ToString())),
            new PutSession(new StoredSession($"{id}-phone", grain, 5, TimeSpan.MaxValue, null)),
            new PutSubscription($"{id}-phone", new StoredSubscription($"customers/{id}/offers", 1, 0)),
            new PutRetained(new RetainedMessage($"customers/{id}/offers", [1], 1, [], Samples.At(0), null)),
        ];
    }

    /// <summary>How many rows of each port concern the customer.</summary>
    private async Task<int> CountOf(string id)
    {
        EntityId grain = EntityId.Customer(id);
        return (await Store.Customers.FindAsync(id, Cancel) is null ? 0 : 1)
            + (await Store.Customers.FindByIdentityAsync("email", $"{id}@example.com", Cancel)).Count
            + (await Store.Credentials.FindSecretHashAsync(grain, Cancel) is null ? 0 : 1)
            + (await Store.Grains.LoadAsync(grain, Cancel) is null ? 0 : 1)
            + (await Store.CallBacks.FindAsync($"{id}-callback", Cancel) is null ? 0 : 1)
            + (await Store.Devices.ListAsync(new DeviceFilter(CustomerId: id), Whole, Cancel)).Items.Count
            + (await Store.Cases.ListAsync(new CaseFilter { CustomerId = id }, Whole, Cancel)).Items.Count
            + (await Store.Timeline.ListAsync(new TimelineFilter(id), Whole, Cancel)).Items.Count
            + (await Store.Customers.VisitsAsync(id, Whole, Cancel)).Items.Count
            + (await Store.Customers.OffersAsync(id, Whole, Cancel)).Items.Count
            + (await Store.Customers.DecisionsAsync(id, Whole, Cancel)).Items.Count
            + (await Store.Conversations.ListAsync(new ConversationFilter(CustomerId: id), Whole, Cancel)).Items.Count
            + (await Store.Conversations.MessagesOfAsync(id, new PageRequest(null), Cancel)).Items.Count
            + (await Store.Outbox.PendingAsync(null, 10, Cancel)).Count(downlink => downlink.Target == grain)
            + (await Store.DeadLetters.ListAsync(Whole, Cancel)).Items.Count(letter => letter.Principal == grain.ToString())
            + (await Store.Sessions.SessionsAsync(Cancel)).Count(session => session.Principal == grain)
            + (await Store.Sessions.SubscriptionsAsync($"{id}-phone", Cancel)).Count
            + (await Store.Sessions.RetainedAsync(Cancel)).Count(message => message.Topic == $"customers/{id}/offers");
    }
}
