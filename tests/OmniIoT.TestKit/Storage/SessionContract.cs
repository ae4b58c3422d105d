using OmniIoT.Domain;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Sessions;
using Xunit;

namespace OmniIoT.TestKit.Storage;

/// <summary>What the gateway remembers over a restart.</summary>
public abstract class SessionContract : StoreContract
{
    [Fact]
    public async Task A_session_comes_back_as_written()
    {
        StoredSession connected = new("a", EntityId.Device("d1"), 5, TimeSpan.MaxValue, null);
        StoredSession away = new("b", null, 4, TimeSpan.FromSeconds(30), Samples.At(5));
        Commit(new PutSession(connected), new PutSession(away with { DisconnectedAt = null }));
        Commit(new PutSession(away));
        Store.Reopen();

        Assert.Equal([connected, away], await Store.Sessions.SessionsAsync(Cancel));
    }

    [Fact]
    public async Task A_will_comes_back_as_written_and_goes_with_its_session()
    {
        StoredWill will = new("w", [1, 2], 1, true, [0x18, 0, 0, 0, 9], null);
        StoredSession session = new("a", null, 5, TimeSpan.FromSeconds(30), null, will);
        Commit(new PutSession(session), new PutSession(session with { ClientId = "b" }), new PutSession(session with { ClientId = "c" }));
        Commit(
            new PutSession(session with { Will = will with { DueAt = Samples.At(7) } }),
            new PutSession(session with { ClientId = "b", Will = null })
        );
        Commit(new DeleteSession("c"), new PutSession(session with { ClientId = "c", Will = null }));
        Store.Reopen();

        AssertSame<IReadOnlyList<StoredSession>>(
            [
                session with
                {
                    Will = will with { DueAt = Samples.At(7) },
                },
                session with
                {
                    ClientId = "b",
                    Will = null,
                },
                session with
                {
                    ClientId = "c",
                    Will = null,
                },
            ],
            await Store.Sessions.SessionsAsync(Cancel)
        );
    }

    [Fact]
    public async Task Subscriptions_are_replaced_by_filter_and_deleted()
    {
        Commit(
            new PutSubscription("a", new StoredSubscription("x/#", 1, 0)),
            new PutSubscription("a", new StoredSubscription("y", 2, 268_435_455)),
            new PutSubscription("b", new StoredSubscription("x/#", 0, 0))
        );
        Commit(new PutSubscription("a", new StoredSubscription("x/#", 0x2E, 7)), new DeleteSubscription("b", "x/#"));

        Assert.Equal(
            [new StoredSubscription("x/#", 0x2E, 7), new StoredSubscription("y", 2, 268_435_455)],
            await Store.Sessions.SubscriptionsAsync("a", Cancel)
        );
        Assert.Empty(await Store.Sessions.SubscriptionsAsync("b", Cancel));
    }

    [Fact]
    public async Task Messages_come_in_order_and_change_their_state()
    {
        StoredMessage[] messages =
        [
            .. Enumerable
                .Range(1, 3)
                .Select(order => new StoredMessage
                {
                    Order = order,
                    Topic = "t",
                    Payload = Samples.Bytes(order, order),
                    Qos = 2,
                    Retain = order == 2,
                    Properties = [9],
                    ExpiresAt = order == 3 ? Samples.At(60) : null,
                    PacketIdentifier = 0,
                    State = StoredMessageState.Queued,
                    Reference = "command:k1",
                }),
        ];
        Commit(messages.Reverse().Select(message => new PutSessionMessage("a", message)));
        messages[0] = messages[0] with { PacketIdentifier = 65_535, State = StoredMessageState.Released, Reference = null };
        Commit(new PutSessionMessage("a", messages[0]), new DeleteSessionMessage("a", 2), new DeleteSessionMessage("b", 3));

        IReadOnlyList<StoredMessage> stored = await Store.Sessions.MessagesAsync("a", Cancel);

        AssertSame<IReadOnlyList<StoredMessage>>([messages[0], messages[2]], stored);
    }

    [Fact]
    public async Task Received_packet_identifiers_are_remembered_until_forgotten()
    {
        Commit(new RememberReceived("a", 7), new RememberReceived("a", 65_535), new RememberReceived("b", 1));
        Commit(new RememberReceived("a", 7), new ForgetReceived("a", 65_535), new ForgetReceived("b", 2));

        Assert.Equal([new(7, null, MessageOutcome.Accepted)], await Store.Sessions.ReceivedAsync("a", Cancel));
        Assert.Equal([new(1, null, MessageOutcome.Accepted)], await Store.Sessions.ReceivedAsync("b", Cancel));
    }

    [Fact]
    public async Task What_has_a_packet_identifier_last_is_remembered_with_what_became_of_it()
    {
        Commit(new RememberReceived("a", 7, 1, MessageOutcome.PayloadInvalid), new RememberReceived("a", 8, long.MinValue));
        Commit(new RememberReceived("a", 7, 2, MessageOutcome.QuotaExceeded));

        Assert.Equal(
            [new(7, 2, MessageOutcome.QuotaExceeded), new(8, long.MinValue, MessageOutcome.Accepted)],
            await Store.Sessions.ReceivedAsync("a", Cancel)
        );
    }

    [Fact]
    public async Task A_deleted_session_takes_everything_of_it_along()
    {
        foreach (string client in new[] { "a", "b" })
        {
            Commit(
                new PutSession(new StoredSession(client, null, 5, TimeSpan.Zero, null)),
                new PutSubscription(client, new StoredSubscription("x", 0, 0)),
                new RememberReceived(client, 1),
                new PutSessionMessage(
                    client,
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
                        Reference = null,
                    }
                )
            );
        }

        Commit(new DeleteSession("a"));

        Assert.Equal(["b"], (await Store.Sessions.SessionsAsync(Cancel)).Select(session => session.ClientId));
        Assert.Empty(await Store.Sessions.SubscriptionsAsync("a", Cancel));
        Assert.Empty(await Store.Sessions.MessagesAsync("a", Cancel));
        Assert.Empty(await Store.Sessions.ReceivedAsync("a", Cancel));
        Assert.Single(await Store.Sessions.MessagesAsync("b", Cancel));
    }

    [Fact]
    public async Task A_retained_message_is_replaced_and_removed_by_an_empty_payload()
    {
        RetainedMessage message = new("t/1", [1, 2], 1, [5], Samples.At(0), Samples.At(9));
        Commit(new PutRetained(message with { Payload = [9], ExpiresAt = null }), new PutRetained(message with { Topic = "t/2" }));
        Commit(new PutRetained(message), new PutRetained(message with { Topic = "t/2", Payload = [] }));

        AssertSame<IReadOnlyList<RetainedMessage>>([message], await Store.Sessions.RetainedAsync(Cancel));
    }
}
