using System.Collections.Frozen;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Timeline;

namespace OmniIoT.Domain.Tests.Customers;

/// <summary>Who is limited to queues says nothing in others, and what may not be said leaves nothing behind.</summary>
public sealed class TalkBoundsTests
{
    private readonly CustomerBench _bench = new();

    [Fact]
    public void What_is_open_in_another_queue_is_not_joined()
    {
        Say();

        Assert.Equal((RejectionKind.OutOfBounds, 0), Start("washers"));
        Assert.Equal((null, 1), Start("support", "washers"));
    }

    [Fact]
    public void Nothing_is_begun_in_another_queue()
    {
        Know(
            new Channel
            {
                Id = "webchat",
                Type = ChannelKinds.WebChat,
                Name = "Chat",
                Queue = "repairs",
            }
        );

        Assert.Equal((RejectionKind.OutOfBounds, 0), Start("support"));
        Assert.Equal((null, 1), Start("repairs"));
    }

    [Fact]
    public void A_macro_on_a_case_says_nothing_in_another_queue()
    {
        Say();
        ActOnConversation request = new(null, [new DeskAction { Reply = "We come" }], "agent:bo") { Queues = ["washers"], CaseId = "k1" };
        Reply<Conversation> reply = default;

        List<Effect> effects = _bench.Do(5, (grain, decision) => reply = grain.Handle(decision, request, null));

        Assert.Equal(RejectionKind.OutOfBounds, reply.Rejection?.Kind);
        Assert.Empty(effects);
    }

    [Fact]
    public void An_answer_to_a_case_stops_its_clock_where_the_talk_is_about_another()
    {
        Say();
        ActOnConversation request = new(null, [new DeskAction { Reply = "We come" }], "agent:bo") { CaseId = "k2" };

        List<Effect> byAgent = _bench.Do(5, (grain, decision) => grain.Handle(decision, request, null));
        List<Effect> byTrigger = _bench.Do(6, (grain, decision) => grain.Handle(decision, request with { Actor = "trigger:t" }, null));

        Assert.Equal("k2", Assert.Single(byAgent.OfType<Tell>().Select(tell => tell.Letter.Content).OfType<CustomerAnswered>()).CaseId);
        Assert.Empty(byTrigger.OfType<Tell>());
    }

    [Fact]
    public void Words_too_long_for_their_channel_begin_nothing()
    {
        string text = new('a', ChannelKinds.All[ChannelKinds.WebChat].MaximumLength + 1);
        Reply<MessageStored> reply = default;

        List<Effect> effects = _bench.Do(
            1,
            (grain, decision) => reply = grain.Handle(decision, new StartConversation("webchat", "agent:bo", text, "bo"))
        );

        Assert.Equal("TextTooLong", reply.Rejection?.Code);
        Assert.DoesNotContain(effects.OfType<AppendTimeline>(), effect => effect.Entry.Kind == TimelineKind.ConversationOpened);
        Assert.Empty(effects);
    }

    [Theory]
    [InlineData("image/jpeg", 5 << 20, null)]
    [InlineData("image/jpeg", (5 << 20) + 1, "FileTooLarge")]
    [InlineData("audio/ogg", (16 << 20) + 1, "FileTooLarge")]
    [InlineData("video/mp4", (16 << 20) + 1, "FileTooLarge")]
    [InlineData("application/pdf", 20 << 20, null)]
    public void What_whatsapp_would_refuse_for_its_size_is_refused_at_once(string type, int bytes, string? code) =>
        Assert.Equal((code, code is null ? null : "/attachmentIds"), Post(new Attachment("a1", "film", type, bytes), template: null));

    [Theory]
    [InlineData("image/png", 8 << 20, null)]
    [InlineData("image/png", (8 << 20) + 1, "FileTooLarge")]
    [InlineData("application/zip", 20 << 20, null)]
    public void What_messenger_would_refuse_for_its_size_is_refused_at_once(string type, int bytes, string? code) =>
        Assert.Equal(code, Carries(ChannelKinds.Messenger, Files(type, bytes))?.Code);

    [Theory]
    [InlineData("image/jpeg", 5 << 20, null)]
    [InlineData("image/jpeg", (5 << 20) + 1, "FileTooLarge")]
    [InlineData("application/pdf", 500 << 10, null)]
    [InlineData("application/pdf", (500 << 10) + 1, "FileTooLarge")]
    [InlineData("text/plain", 1, "FileNotCarried")]
    public void What_a_text_message_does_not_carry_is_refused_at_once(string type, int bytes, string? code) =>
        Assert.Equal(code, Carries(ChannelKinds.Sms, Files(type, bytes))?.Code);

    [Fact]
    public void A_text_message_carries_ten_files_and_five_mebibytes_in_all()
    {
        Assert.Null(Carries(ChannelKinds.Sms, Files("image/png", [.. Enumerable.Repeat(512 << 10, 10)])));
        Assert.Equal("TooManyFiles", Carries(ChannelKinds.Sms, Files("image/png", [.. Enumerable.Repeat(1, 11)]))?.Code);
        Rejection? tooLarge = Carries(ChannelKinds.Sms, Files("image/png", 3 << 20, 3 << 20));
        Assert.Equal(("FilesTooLarge", "'c' carries at most 5 MiB in one message."), (tooLarge?.Code, tooLarge?.Message));
    }

    [Fact]
    public void A_file_that_its_provider_fetches_does_not_leave_a_host_without_an_address()
    {
        Attachment[] picture = Files("image/png", 1);

        Assert.Equal("NoPublicAddress", ChannelKinds.All[ChannelKinds.Sms].Files.FindHindrance("c", picture, hasAddress: false)?.Code);
        Assert.Null(ChannelKinds.All[ChannelKinds.Messenger].Files.FindHindrance("c", picture, hasAddress: false));
    }

    private static Rejection? Carries(string kind, Attachment[] files) =>
        ChannelKinds.All[kind].Files.FindHindrance("c", files, hasAddress: true);

    private static Attachment[] Files(string type, params int[] bytes) => [.. bytes.Select(size => new Attachment("a", "f", type, size))];

    [Fact]
    public void A_template_takes_no_file_along() =>
        Assert.Equal(
            ("TemplateWithFiles", "/attachmentIds"),
            Post(new Attachment("a1", "bill", "application/pdf", 1), new MessageTemplate("hello", "en", []))
        );

    private (string? Code, string? Pointer) Post(Attachment file, MessageTemplate? template)
    {
        Know(
            new Channel
            {
                Id = "wa",
                Type = ChannelKinds.WhatsApp,
                Name = "WhatsApp",
            }
        );
        MessageStored said = default!;
        ReceiveMessage words = new("wa", "customer:ann", "It leaks", null) { From = new Identity("phone", "+994501112233") };
        _bench.Do(1, (grain, decision) => said = grain.Handle(decision, words).Result!);
        PostMessage request = new(said.Conversation.Id, "agent:bo", "Here")
        {
            Attachments = [file],
            Template = template,
            Channel = "wa",
        };
        Reply<MessageStored> reply = default;
        _bench.Do(2, (grain, decision) => reply = grain.Handle(decision, request));
        return (reply.Rejection?.Code, reply.Rejection?.Pointer);
    }

    private (RejectionKind? Refused, int Said) Start(params string[] queues)
    {
        Reply<MessageStored> reply = default;
        StartConversation request = new("webchat", "agent:bo", "Good day", "bo") { Queues = queues };
        List<Effect> effects = _bench.Do(5, (grain, decision) => reply = grain.Handle(decision, request));
        return (reply.Rejection?.Kind, effects.OfType<AppendMessage>().Count());
    }

    private void Say() =>
        _bench.Do(1, (grain, decision) => grain.Handle(decision, new ReceiveMessage("webchat", "customer:ann", "It leaks", null)));

    private void Know(Channel channel) =>
        _bench.Scope.LookInto(Catalog.Empty with { Channels = new[] { channel }.ToFrozenDictionary(static one => one.Id) });
}
