using System.Collections.Frozen;
using System.Text.Json.Nodes;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>By which channel words of the company leave, and when they may not.</summary>
public sealed class DepartureTests
{
    private const double Hour = 3600;

    private static readonly Identity Mail = new("email", "ann@example.com");
    private static readonly Identity Phone = new("phone", "+994501234567");

    private readonly CustomerBench _bench = new();

    public DepartureTests()
    {
        Channel[] channels =
        [
            New("mail", ChannelKinds.Email),
            New("sms", ChannelKinds.Sms) with
            {
                Settings = new JsonObject { ["optOutWords"] = new JsonArray("STOP", "DUR") },
            },
            New("wa", ChannelKinds.WhatsApp),
            New("off", ChannelKinds.Telegram) with
            {
                Enabled = false,
            },
            New("phone", ChannelKinds.Voice),
            New("push", ChannelKinds.Push),
        ];
        _bench.Scope.LookInto(Catalog.Empty with { Channels = channels.ToFrozenDictionary(channel => channel.Id) });
    }

    [Fact]
    public void An_answer_goes_back_where_the_words_came_from_and_waits_in_the_outbox()
    {
        Conversation talk = Receive(0, "mail", Mail, externalId: "<1@ann>");

        List<Effect> effects = Post(10, new PostMessage(talk.Id, "agent:bo", "We look"));

        OutgoingMessage sent = Assert.Single(effects.OfType<SendMessage>()).Message;
        Assert.Equal(("mail", Mail, "We look", "It leaks"), (sent.Channel, sent.To, sent.Text, sent.Subject));
        Assert.Equal(["<1@ann>"], sent.InReplyTo);
        ConversationMessage message = Assert.Single(effects.OfType<AppendMessage>()).Message;
        Assert.Equal((MessageState.Queued, "mail", sent.MessageId), (message.State, message.Channel, message.Id));
    }

    [Fact]
    public void In_the_web_chat_it_is_sent_at_once()
    {
        Conversation talk = Receive(0, "webchat", null);

        List<Effect> effects = Post(10, new PostMessage(talk.Id, "agent:bo", "We look"));

        Assert.Empty(effects.OfType<SendMessage>());
        Assert.Equal(MessageState.Sent, Assert.Single(effects.OfType<AppendMessage>()).Message.State);
    }

    [Fact]
    public void Who_may_have_closed_the_chat_is_told_by_their_browsers_what_a_person_answers_there()
    {
        PushSubscription browser = new("https://push.example/1", "key", "auth");
        Conversation talk = Receive(0, "webchat", null);
        _bench.Do(5, (grain, _) => grain.Handle(new SubscribePush(browser)));

        List<Effect> answered = Post(10, new PostMessage(talk.Id, "agent:bo", new string('a', 2_000))),
            ofBot = Post(20, new PostMessage(talk.Id, "bot:first", "Good morning")),
            byMail = Post(30, new PostMessage(Receive(25, "mail", Mail, externalId: "<1@ann>").Id, "agent:bo", "We look"));

        OutgoingMessage notice = Assert.Single(answered.OfType<SendMessage>()).Message;
        Assert.Equal(("push", true, browser), (notice.Channel, notice.IsNotice, Assert.Single(notice.Browsers)));
        Assert.Equal(ChannelKinds.All[ChannelKinds.Push].MaximumLength, notice.Text.Length);
        Assert.NotEqual(Assert.Single(answered.OfType<AppendMessage>()).Message.Id, notice.MessageId);
        Assert.Empty(ofBot.OfType<SendMessage>());
        Assert.Equal("mail", Assert.Single(byMail.OfType<SendMessage>()).Message.Channel);
    }

    [Theory]
    [InlineData("off", "channelDisabled")]
    [InlineData("phone", "channelDisabled")]
    [InlineData("nothing", "channelDisabled")]
    [InlineData("sms", "noIdentity")]
    [InlineData("wa", "noIdentity")]
    public void Where_it_may_not_leave_the_reason_is_told(string channel, string reason) =>
        Assert.Equal(reason, Refused(10, Receive(0, "mail", Mail), channel));

    [Fact]
    public void Without_the_customers_words_sms_and_mail_need_consent()
    {
        Know(new Consent(), Phone);
        Conversation talk = Receive(0, "mail", Mail);

        Assert.Equal("noConsent", Refused(10, talk, "sms"));
        Know(new Consent(Sms: true), Phone);
        Assert.Null(Refused(20, talk, "sms"));
    }

    [Fact]
    public void Free_words_have_a_day_on_whatsapp_and_a_template_has_not()
    {
        Conversation talk = Receive(0, "wa", Phone);
        PostMessage template = new(talk.Id, "agent:bo", "hello") { Channel = "wa", Template = new MessageTemplate("hello", "en", []) };

        Assert.Null(Refused(24 * Hour, talk, "wa"));
        Assert.Equal("windowClosed", Refused((24 * Hour) + 1, talk, "wa"));
        Assert.Single(Post((24 * Hour) + 2, template).OfType<SendMessage>());
    }

    [Theory]
    [InlineData("stop")]
    [InlineData(" Dur ")]
    public void Who_asks_to_be_left_alone_is_until_they_write_again(string word)
    {
        Know(new Consent(Sms: true), Phone);
        Conversation talk = Receive(0, "sms", Phone);
        List<Effect> effects = _bench.Do(5, (grain, at) => grain.Handle(at, Words("sms", Phone, word)));

        Assert.False(Assert.Single(effects.OfType<PutCustomer>()).Customer.Consent.Sms);
        Assert.Contains(TimelineKind.ConsentChanged, effects.OfType<AppendTimeline>().Select(append => append.Entry.Kind));
        Assert.Equal("noConsent", Refused(10, talk, "sms"));
        Receive(20, "sms", Phone, text: "stop it leaks");
        Assert.Null(Refused(30, talk, "sms"));
    }

    [Fact]
    public void An_address_that_came_back_is_left_until_the_customer_writes_from_it()
    {
        Conversation talk = Receive(0, "mail", Mail);
        ConversationMessage sent = Assert.Single(Post(1, new PostMessage(talk.Id, "agent:bo", "We look")).OfType<AppendMessage>()).Message;

        List<Effect> effects = Report(2, sent, MessageState.Failed, "bounced: no such user");

        Assert.Equal(MessageState.Failed, Assert.Single(effects.OfType<PutMessage>()).Message.State);
        TimelineEntry entry = Assert.Single(effects.OfType<AppendTimeline>()).Entry;
        Assert.Equal((TimelineKind.MessageFailed, "bounced: no such user"), (entry.Kind, entry.Text));
        Assert.Equal("bounced", Refused(3, talk, "mail"));
        Receive(4, "mail", Mail with { Value = "ANN@example.com" });
        Assert.Null(Refused(5, talk, "mail"));
    }

    [Fact]
    public void Where_the_last_channel_may_not_another_on_which_they_wrote_takes_it()
    {
        Receive(0, "sms", Phone);
        Conversation talk = Receive(1, "wa", Phone);

        List<Effect> effects = Post(25 * Hour, new PostMessage(talk.Id, "agent:bo", "We look"));

        Assert.Equal("sms", Assert.Single(effects.OfType<SendMessage>()).Message.Channel);
    }

    [Fact]
    public void A_report_moves_a_message_only_forwards()
    {
        Conversation talk = Receive(0, "sms", Phone);
        ConversationMessage sent = Assert.Single(Post(1, new PostMessage(talk.Id, "agent:bo", "We look")).OfType<AppendMessage>()).Message;

        foreach (
            (MessageState told, MessageState state) in new[]
            {
                (MessageState.Sent, MessageState.Sent),
                (MessageState.Delivered, MessageState.Delivered),
                (MessageState.Sent, MessageState.Delivered),
                (MessageState.Failed, MessageState.Delivered),
                (MessageState.Read, MessageState.Read),
            }
        )
        {
            List<Effect> effects = Report(2, sent, told, null);
            Assert.Single(effects.OfType<EndSending>());
            sent = effects.OfType<PutMessage>().SingleOrDefault()?.Message ?? sent;
            Assert.Equal(state, sent.State);
        }
    }

    [Fact]
    public void Words_longer_than_the_channel_takes_are_a_mistake()
    {
        Conversation talk = Receive(0, "sms", Phone);
        Rejection? rejection = null;

        _bench.Do(1, (grain, at) => rejection = grain.Handle(at, new PostMessage(talk.Id, "agent:bo", new string('x', 1601))).Rejection);

        Assert.Equal((RejectionKind.Invalid, "/text"), (rejection?.Kind, rejection?.Pointer));
    }

    [Theory]
    [InlineData("sms", 1, 10, "/attachmentIds")]
    [InlineData("wa", 1, 10, null)]
    [InlineData("wa", 2, 10, "/attachmentIds")]
    [InlineData("wa", 1, 1025, "/text")]
    [InlineData("wa", 0, 1025, null)]
    [InlineData("mail", 20, 1025, null)]
    public void Files_leave_where_they_are_carried(string channel, int files, int length, string? pointer) =>
        Assert.Equal(
            pointer,
            Mistake(
                channel,
                words =>
                    words with
                    {
                        Text = new string('x', length),
                        Attachments = [.. Enumerable.Repeat(new Attachment("a1", "leak.png", "image/png", 3), files)],
                    }
            )
        );

    [Fact]
    public void Browsers_are_told_as_long_as_one_of_them_is_known()
    {
        Conversation talk = Receive(0, "webchat", null);
        PushSubscription phone = new("https://push.example/1", "key", "auth"),
            desk = new("https://push.example/2", "key", "auth");
        PostMessage words = new(talk.Id, "agent:bo", "We look") { Channel = "push" };
        _bench.Do(1, (grain, _) => grain.Handle(new SubscribePush(phone)));
        _bench.Do(2, (grain, _) => grain.Handle(new SubscribePush(desk)));
        _bench.Do(3, (grain, _) => grain.Handle(new SubscribePush(phone with { Auth = "other" })));

        OutgoingMessage both = Assert.Single(Post(4, words).OfType<SendMessage>()).Message;
        _bench.Do(5, (grain, _) => grain.Handle(new EndPush(desk.Endpoint)));
        OutgoingMessage one = Assert.Single(Post(6, words).OfType<SendMessage>()).Message;
        _bench.Do(7, (grain, _) => grain.Handle(new EndPush(phone.Endpoint)));

        Assert.Equal([desk, phone with { Auth = "other" }], both.Browsers);
        Assert.Equal([phone with { Auth = "other" }], one.Browsers);
        Rejection? rejection = null;
        _bench.Do(8, (grain, at) => rejection = grain.Handle(at, words).Rejection);
        Assert.Equal("noIdentity", rejection?.Reason);
    }

    [Fact]
    public void Of_many_browsers_the_newest_are_kept()
    {
        Conversation talk = Receive(0, "webchat", null);
        for (int number = 0; number < 15; number++)
        {
            SubscribePush request = new(new PushSubscription($"https://push.example/{number}", "key", "auth"));
            _bench.Do(number, (grain, _) => grain.Handle(request));
        }

        OutgoingMessage sent = Assert
            .Single(Post(20, new PostMessage(talk.Id, "agent:bo", "We look") { Channel = "push" }).OfType<SendMessage>())
            .Message;

        Assert.Equal(
            Enumerable.Range(5, 10).Select(static number => $"https://push.example/{number}"),
            sent.Browsers.Select(static one => one.Endpoint)
        );
    }

    [Theory]
    [InlineData("sms", "/template")]
    [InlineData("mail", "/template")]
    [InlineData("webchat", "/template")]
    [InlineData("wa", null)]
    public void A_template_leaves_where_it_is_known(string channel, string? pointer) =>
        Assert.Equal(pointer, Mistake(channel, words => words with { Template = new MessageTemplate("hello", "en", []) }));

    [Fact]
    public void A_template_passes_over_channels_that_do_not_know_it()
    {
        Receive(0, "wa", Phone);
        Conversation talk = Receive(1, "sms", Phone);

        List<Effect> effects = Post(2, new PostMessage(talk.Id, "agent:bo", "hello") { Template = new MessageTemplate("hello", "en", []) });

        Assert.Equal("wa", Assert.Single(effects.OfType<SendMessage>()).Message.Channel);
    }

    [Fact]
    public void Who_asked_to_be_left_alone_is_whoever_answers_for_them_now()
    {
        Know(new Consent(Sms: true), Phone);
        Conversation talk = Receive(0, "sms", Phone);
        Customer survivor = _bench.Grain.State.Facts.Customer with { Id = "bea" };
        _bench.Grain.Person = new Person(survivor, ["bea", "ann"]);

        List<Effect> effects = _bench.Do(5, (grain, at) => grain.Handle(at, Words("sms", Phone, "STOP")));

        Assert.Equal(new ConsentWithdrawn("ann", "sms"), Assert.Single(effects.OfType<Tell>()).Letter.Content);
        Assert.Equal("noConsent", Refused(10, talk, "sms"));
    }

    [Fact]
    public void Who_answers_for_somebody_who_asked_to_be_left_alone_allows_it_no_more()
    {
        Know(new Consent(Email: true, Sms: true), Phone);

        List<Effect> first = _bench.Do(0, (grain, at) => grain.Handle(at, new ConsentWithdrawn("bea", "sms")));
        List<Effect> again = _bench.Do(1, (grain, at) => grain.Handle(at, new ConsentWithdrawn("bea", "sms")));

        Assert.Equal(new Consent(Email: true), Assert.Single(first.OfType<PutCustomer>()).Customer.Consent);
        Assert.Equal(TimelineKind.ConsentChanged, Assert.Single(first.OfType<AppendTimeline>()).Entry.Kind);
        Assert.Empty(again);
    }

    [Fact]
    public void Who_allows_it_again_may_be_written_to_again()
    {
        Conversation talk = Receive(0, "sms", Phone);
        Receive(1, "sms", Phone, text: "STOP");
        Assert.Equal("noConsent", Refused(2, talk, "sms"));

        _bench.Do(3, (grain, at) => grain.Replace(at, Data(new Consent(Email: true))));
        Assert.Equal("noConsent", Refused(4, talk, "sms"));
        _bench.Do(5, (grain, at) => grain.Replace(at, Data(new Consent(Email: true, Sms: true))));
        Assert.Null(Refused(6, talk, "sms"));
    }

    [Fact]
    public void The_company_begins_where_it_may_and_joins_what_is_open()
    {
        Know(new Consent(Email: true), Mail);
        Conversation begun = Start(0, "mail").Result!.Conversation;

        Assert.Equal(("mail", "bo", ConversationStatus.Open), (begun.Channel, begun.Assignee, begun.Status));
        Assert.Equal(begun.Id, Start(10, "mail").Result!.Conversation.Id);
        Assert.Equal("noIdentity", Start(20, "sms").Rejection!.Reason);
    }

    internal static Channel New(string id, string type) =>
        new()
        {
            Id = id,
            Type = type,
            Name = id,
        };

    private static ReceiveMessage Words(string channel, Identity? from, string text, string? externalId = null) =>
        new(channel, "customer:ann", text, null) { From = from, ExternalId = externalId };

    private Conversation Receive(double atSeconds, string channel, Identity? from, string text = "It leaks", string? externalId = null) =>
        Assert
            .Single(_bench.Do(atSeconds, (grain, at) => grain.Handle(at, Words(channel, from, text, externalId))).OfType<PutConversation>())
            .Conversation;

    private List<Effect> Post(double atSeconds, PostMessage message) =>
        _bench.Do(atSeconds, (grain, at) => Assert.Null(grain.Handle(at, message).Rejection));

    private string? Refused(double atSeconds, Conversation talk, string channel)
    {
        Rejection? rejection = null;
        List<Effect> effects = _bench.Do(
            atSeconds,
            (grain, at) => rejection = grain.Handle(at, new PostMessage(talk.Id, "agent:bo", "We look") { Channel = channel }).Rejection
        );
        Assert.Equal(rejection is null, effects.Count > 0);
        return rejection?.Reason;
    }

    /// <summary>Where the mistake lies in words that answer a customer's on a channel; null: they leave.</summary>
    private string? Mistake(string channel, Func<PostMessage, PostMessage> with)
    {
        Identity? from = channel switch
        {
            "mail" => Mail,
            "webchat" => null,
            _ => Phone,
        };
        Conversation talk = Receive(0, channel, from);
        Rejection? rejection = null;
        PostMessage words = new(talk.Id, "agent:bo", "We look") { Channel = channel };
        _bench.Do(1, (grain, at) => rejection = grain.Handle(at, with(words)).Rejection);
        return rejection?.Pointer;
    }

    private static PutCustomerData Data(Consent consent) =>
        new()
        {
            Name = "Ann",
            Locale = null,
            TimeZone = null,
            Tags = [],
            Consent = consent,
            Identities = [Phone],
            ExpectedVersion = null,
            Actor = "agent:bo",
        };

    private List<Effect> Report(double atSeconds, ConversationMessage message, MessageState state, string? error) =>
        _bench.Do(
            atSeconds,
            (grain, at) => grain.Handle(at, new MessageReport(message.ConversationId, message.Id, state, Error: error), message)
        );

    private Reply<MessageStored> Start(double atSeconds, string channel)
    {
        Reply<MessageStored> reply = default;
        _bench.Do(atSeconds, (grain, at) => reply = grain.Handle(at, new StartConversation(channel, "agent:bo", "Good day", "bo")));
        return reply;
    }

    private void Know(Consent consent, params Identity[] identities) =>
        _bench.Grain.State.Facts = _bench.Grain.State.Facts with
        {
            Customer = _bench.Grain.State.Facts.Customer with { Consent = consent, Identities = identities },
        };
}
