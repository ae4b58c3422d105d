using OmniIoT.Devices.Time;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Tests;

/// <summary>Whose words a channel brought, and where they go.</summary>
public sealed class InboxTests
{
    private static readonly Identity Mail = new("email", "ann@example.com");
    private static readonly Identity Phone = new("phone", "+994501234567");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_writes_first_becomes_a_customer_with_the_address_and_the_same_message_comes_once()
    {
        await using GrainsHarness harness = await StartAsync();
        IInbox inbox = harness.Get<IInbox>();

        InboundReceipt[] receipts = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => inbox.ReceiveAsync(Words("sms", Phone, "SM1"), Cancel).AsTask())
        );
        InboundReceipt again = await inbox.ReceiveAsync(Words("sms", Phone, "SM1"), Cancel);
        InboundReceipt next = await inbox.ReceiveAsync(Words("sms", Phone, "SM2"), Cancel);

        Assert.Single(receipts.Select(receipt => receipt.MessageId).Distinct());
        Assert.Equal((receipts[0].MessageId, false), (again.MessageId, again.IsNew));
        Assert.Equal((receipts[0].ConversationId, receipts[0].CustomerId, true), (next.ConversationId, next.CustomerId, next.IsNew));
        Customer customer = (await harness.Get<ICustomerQueries>().FindAsync(next.CustomerId, Cancel))!;
        Assert.Equal(("Ann", Phone, 1), (customer.Name, Assert.Single(customer.Identities), customer.Version));
        Assert.Equal(2, (await MessagesAsync(harness, next.ConversationId)).Count);
    }

    [Fact]
    public async Task One_person_has_one_conversation_over_mail_and_phone()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.AddCustomerAsync("ann", Mail, Phone with { Value = "+994 50 123 45 67" });
        IInbox inbox = harness.Get<IInbox>();

        InboundReceipt mail = await inbox.ReceiveAsync(Words("mail", Mail, "<1@x>"), Cancel);
        InboundReceipt sms = await inbox.ReceiveAsync(Words("sms", Phone, "SM1"), Cancel);

        Assert.Equal(("ann", mail.ConversationId), (sms.CustomerId, sms.ConversationId));
        Assert.Equal(["mail", "sms"], (await FindAsync(harness, mail.ConversationId)).Channels);
    }

    [Theory]
    [InlineData("050 123 45 67")]
    [InlineData("(050) 123-45-67")]
    [InlineData("0501234567")]
    public async Task A_number_that_was_typed_without_its_country_is_found_where_the_channel_is_at_home(string typed)
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.PutAsync(DocumentKind.Channel, "sms", """{"type":"sms","name":"SMS","settings":{"region":"AZ"}}""");
        await harness.AddCustomerAsync("ann", new Identity("phone", typed));

        Assert.Equal("ann", (await harness.Get<IInbox>().ReceiveAsync(Words("sms", Phone, "SM1"), Cancel)).CustomerId);
    }

    [Fact]
    public async Task An_address_that_somebody_only_typed_is_not_theirs()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.AddCustomerAsync("visitor-1", Mail with { Verified = false });

        InboundReceipt receipt = await harness.Get<IInbox>().ReceiveAsync(Words("mail", Mail, "<1@x>"), Cancel);

        Assert.NotEqual("visitor-1", receipt.CustomerId);
    }

    [Fact]
    public async Task What_was_talked_with_two_who_turn_out_to_be_one_is_one_conversation()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.AddCustomerAsync("ann", Mail);
        await harness.AddCustomerAsync("bea", Phone);
        IInbox inbox = harness.Get<IInbox>();
        InboundReceipt first = await inbox.ReceiveAsync(Words("mail", Mail, "<1@x>"), Cancel);
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        InboundReceipt second = await inbox.ReceiveAsync(Words("sms", Phone, "SM1"), Cancel);

        Assert.Null((await harness.Get<Merging>().MergeAsync("ann", new MergeCustomer("bea", null, "agent:bo"))).Rejection);

        Conversation gone = await FindAsync(harness, first.ConversationId);
        Assert.Equal((ConversationStatus.Closed, second.ConversationId), (gone.Status, gone.MergedInto));
        Assert.Equal(2, (await MessagesAsync(harness, second.ConversationId)).Count);
        InboundReceipt third = await inbox.ReceiveAsync(Words("mail", Mail, "<2@x>"), Cancel);
        Assert.Equal(second.ConversationId, third.ConversationId);
    }

    [Fact]
    public async Task Who_was_asked_as_another_customer_answers_that_and_talks_on_where_they_talk()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.PutAsync(DocumentKind.Survey, "after", """{"type":"csat","on":"conversation.closed"}""");
        await harness.AddCustomerAsync("ann", Mail);
        await harness.AddCustomerAsync("bea", Phone);
        IInbox inbox = harness.Get<IInbox>();
        InboundReceipt asked = await inbox.ReceiveAsync(Words("sms", Phone, "SM1"), Cancel);
        await CloseAsync(harness, asked);
        await harness.Grains.Customer("bea").WakeAsync();
        harness.Time.Advance(TimeSpan.FromSeconds(1));
        InboundReceipt talk = await inbox.ReceiveAsync(Words("mail", Mail, "<1@x>"), Cancel);
        await harness.Get<Merging>().MergeAsync("ann", new MergeCustomer("bea", null, "agent:bo"));

        InboundReceipt words = await inbox.ReceiveAsync(Words("sms", Phone, "SM2"), Cancel);
        await inbox.ReceiveAsync(Words("sms", Phone, "SM3") with { Text = "5, quick" }, Cancel);
        InboundReceipt again = await inbox.ReceiveAsync(Words("sms", Phone, "SM4") with { Text = "5, quick" }, Cancel);
        Reply<MessageStored> late = await harness.Grains.Customer("bea").ReceiveMessageAsync(Answer("5") with { IsAnswerOnly = true });

        Assert.Equal((talk.ConversationId, talk.ConversationId), (words.ConversationId, again.ConversationId));
        Assert.Equal("SurveyOver", late.Rejection?.Code);
        TimelineEntry said = Assert.Single(await harness.TimelineAsync("ann"), entry => entry.Kind == TimelineKind.SurveyAnswered);
        Assert.Equal(5, (int)said.Data["score"]!);
        Assert.DoesNotContain(await MessagesAsync(harness, talk.ConversationId), message => message.ExternalId == "SM3");
    }

    [Fact]
    public async Task Of_two_who_were_asked_as_one_person_the_last_question_is_answered()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.PutAsync(DocumentKind.Survey, "after", """{"type":"csat","on":"conversation.closed","channels":["sms"]}""");
        await harness.AddCustomerAsync("ann", Phone with { Value = "+994501111111" });
        await harness.AddCustomerAsync("bea", Phone);
        IInbox inbox = harness.Get<IInbox>();
        foreach ((string customer, Identity phone) in new[] { ("ann", Phone with { Value = "+994501111111" }), ("bea", Phone) })
        {
            await CloseAsync(harness, await inbox.ReceiveAsync(Words("sms", phone, customer), Cancel));
            await harness.Grains.Customer(customer).WakeAsync();
            harness.Time.Advance(TimeSpan.FromSeconds(1));
        }
        await harness.Get<Merging>().MergeAsync("ann", new MergeCustomer("bea", null, "agent:bo"));

        await inbox.ReceiveAsync(Words("sms", Phone, "SM3") with { Text = "1, it broke" }, Cancel);

        Page<SurveyRequest> said = await harness
            .Get<ISurveyQueries>()
            .SaidAsync(
                new SaidFilter(harness.Now - TimeSpan.FromHours(1), harness.Now + TimeSpan.FromHours(1)),
                new PageRequest(null),
                Cancel
            );
        Assert.Equal("bea", Assert.Single(said.Items).CustomerId);
    }

    [Fact]
    public async Task An_answer_waits_for_its_provider_until_that_has_it_and_its_way_is_kept()
    {
        await using GrainsHarness harness = await StartAsync();
        IInbox inbox = harness.Get<IInbox>();
        InboundReceipt asked = await inbox.ReceiveAsync(Words("sms", Phone, "SM1"), Cancel);
        MessageStored answer = await harness.AskAsync(grains =>
            grains.Customer(asked.CustomerId).PostMessageAsync(new PostMessage(asked.ConversationId, "agent:bo", "We look"))
        );
        WaitingMessage waiting = Assert.Single(await DueAsync(harness));
        Assert.Equal((answer.Message.Id, Phone), (waiting.Message.MessageId, waiting.Message.To));

        MessageReport sent = new(asked.ConversationId, answer.Message.Id, MessageState.Sent, "SM9");
        await inbox.ReportAsync(asked.CustomerId, sent, Cancel);
        Assert.True(await inbox.ReportAsync("sms", "SM9", MessageState.Failed, "bounced: unknown number", Cancel));
        Assert.False(await inbox.ReportAsync("sms", "SM8", MessageState.Delivered, null, Cancel));

        Assert.Empty(await DueAsync(harness));
        ConversationMessage kept = (await MessagesAsync(harness, asked.ConversationId))[0];
        Assert.Equal((MessageState.Failed, "SM9", "bounced: unknown number"), (kept.State, kept.ExternalId, kept.Error));
        Assert.Equal(TimelineKind.MessageFailed, (await harness.TimelineAsync(asked.CustomerId))[0].Kind);
        Assert.Equal(
            "bounced",
            (
                await harness
                    .Grains.Customer(asked.CustomerId)
                    .PostMessageAsync(new PostMessage(asked.ConversationId, "agent:bo", "Hello?") { Channel = "sms" })
            )
                .Rejection
                ?.Reason
        );
    }

    [Fact]
    public async Task Who_writes_while_their_device_has_an_unresolved_case_writes_about_it()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.AddCustomerAsync("ann", Mail);
        await harness.RegisterAsync("w1", "ann");
        Case opened = await harness.AskAsync(grains =>
            grains
                .Device("w1")
                .OpenCaseAsync(new OpenCase("ann", "w1", "It leaks", CasePriority.Normal, "support", CaseOpener.Agent, "agent:bo"))
        );

        InboundReceipt receipt = await harness.Get<IInbox>().ReceiveAsync(Words("mail", Mail, "<1@x>"), Cancel);

        Conversation talk = await FindAsync(harness, receipt.ConversationId);
        Assert.Equal((opened.Id, "w1"), (talk.CaseId, talk.DeviceId));
    }

    [Fact]
    public async Task Who_writes_about_what_is_known_is_told_so_once()
    {
        await using GrainsHarness harness = await StartAsync();
        await harness.AddCustomerAsync("ann", Mail);
        await harness.RegisterAsync("w1", "ann");
        Case opened = await harness.AskAsync(grains =>
            grains
                .Device("w1")
                .OpenCaseAsync(new OpenCase("ann", "w1", "w1 runs hot", CasePriority.Normal, "support", CaseOpener.Device, "device:w1"))
        );

        InboundReceipt receipt = await harness.Get<IInbox>().ReceiveAsync(Words("mail", Mail, "<1@x>"), Cancel);
        await harness.Get<IInbox>().ReceiveAsync(Words("mail", Mail, "<2@x>"), Cancel);

        WaitingMessage greeting = Assert.Single(await DueAsync(harness));
        Assert.StartsWith(
            $"We already know about the trouble with w1: w1 runs hot (case {opened.Number})",
            greeting.Message.Text,
            StringComparison.Ordinal
        );
        Assert.Equal((true, Mail), (greeting.Message.IsAutomatic, greeting.Message.To));
        Conversation talk = await FindAsync(harness, receipt.ConversationId);
        Assert.Null(talk.FirstRespondedAt);
        Assert.NotNull(talk.WaitingSince);
        Assert.Equal(3, (await MessagesAsync(harness, talk.Id)).Count);
    }

    private static async Task<GrainsHarness> StartAsync()
    {
        GrainsHarness harness = await GrainsHarness.StartAsync();
        await harness.PutAsync(DocumentKind.Channel, "mail", """{"type":"email","name":"Mail","enabled":true}""");
        await harness.PutAsync(DocumentKind.Channel, "sms", """{"type":"sms","name":"SMS","enabled":true}""");
        return harness;
    }

    private static ReceiveMessage Answer(string text) => new("sms", "customer:bea", text, null);

    private static Task<Conversation> CloseAsync(GrainsHarness harness, InboundReceipt talk)
    {
        ChangeConversation close = new()
        {
            ConversationId = talk.ConversationId,
            Status = ConversationStatus.Closed,
            Assignee = null,
            ExpectedVersion = null,
        };
        return harness.AskAsync(grains => grains.Customer(talk.CustomerId).ChangeConversationAsync(close));
    }

    private static InboundMessage Words(string channel, Identity from, string externalId) =>
        new()
        {
            Channel = channel,
            From = from,
            Name = "Ann",
            Text = "It leaks",
            ExternalId = externalId,
        };

    private static async Task<Conversation> FindAsync(GrainsHarness harness, string id) =>
        (await harness.Get<IConversationQueries>().FindAsync(id, Cancel))!;

    private static async Task<IReadOnlyList<ConversationMessage>> MessagesAsync(GrainsHarness harness, string id) =>
        (await harness.Get<IConversationQueries>().MessagesAsync(id, new PageRequest(null), Cancel)).Items;

    private static ValueTask<IReadOnlyList<WaitingMessage>> DueAsync(GrainsHarness harness) =>
        harness.Get<IOutgoingMessages>().DueAsync(Instant.MaxValue, 10, Cancel);
}
