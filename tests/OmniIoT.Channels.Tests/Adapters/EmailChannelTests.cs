using System.Text;
using Microsoft.AspNetCore.Http;
using MimeKit;
using OmniIoT.Channels.Email;
using OmniIoT.Channels.Inbound;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Channels.Tests.Adapters;

public sealed class EmailChannelTests : ChannelContract
{
    private protected override Channel Channel => Mailbox(25);

    private protected override IWebhookReader Reader { get; } = new EmailReader();

    private protected override string Secret => "mail-token";

    private protected override Identity From { get; } = new("email", "leyla@example.com");

    private protected override string Message(string id, string text) =>
        Mail($"Message-ID: <{id}@example.com>\nContent-Type: text/plain; charset=utf-8", text);

    private protected override WebhookCall Proven(string body, string secret) =>
        Call(body) with
        {
            Query = new QueryCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues> { ["token"] = secret }),
        };

    [Fact]
    public void Scripts_pictures_and_forms_of_strangers_are_gone()
    {
        InboundMessage message = Read(
            Mail(
                "Content-Type: text/html",
                """
                <p onclick="x()">Hello <b>there</b><script>alert(1)</script><img src="https://spy.example/1.gif">
                <a href="javascript:alert(2)">a</a><a href="https://example.com">b</a><form action="/x"><input name="y"></form></p>
                """
            )
        );

        Assert.DoesNotContain("script", message.Html, StringComparison.OrdinalIgnoreCase);
        Assert.All(
            new[] { "onclick", "<img", "<form", "<input" },
            gone => Assert.DoesNotContain(gone, message.Html, StringComparison.Ordinal)
        );
        Assert.Contains("<b>there</b>", message.Html, StringComparison.Ordinal);
        Assert.Contains("noopener", message.Html, StringComparison.Ordinal);
        Assert.StartsWith("Hello there", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Fine.\n\nOn Monday, Help <help@shop.example> wrote:\n> Does it work?\n> Tell us.\n")]
    [InlineData("Fine.\n\n-----Original Message-----\nFrom: Help\nDoes it work?\n")]
    public void What_is_quoted_is_folded(string text)
    {
        InboundMessage message = Read(Mail("Content-Type: text/plain", text));

        Assert.Equal("Fine.", message.Text);
        Assert.Contains("<details>", message.Html, StringComparison.Ordinal);
        Assert.Contains("Does it work?", message.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Auto-Submitted: auto-replied", true)]
    [InlineData("Auto-Submitted: no", false)]
    [InlineData("Precedence: bulk", true)]
    [InlineData("List-Id: <news.example.com>", true)]
    [InlineData("X-Mailer: a person's", false)]
    public void What_a_machine_wrote_is_known(string header, bool isAutomatic) =>
        Assert.Equal(isAutomatic, Read(Mail(header, "Away until Monday.")).IsAutomatic);

    [Theory]
    [InlineData("X-OmniIoT-Channel: help")]
    [InlineData("Reply-To: help@shop.example")]
    public void What_came_back_to_its_own_mailbox_is_nothing(string header)
    {
        string mail = Mail(header, "round and round");
        if (header.StartsWith("Reply-To", StringComparison.Ordinal))
            mail = mail.Replace("Leyla@Example.com", "help@shop.example", StringComparison.Ordinal);

        Assert.Empty(Taken(mail));
    }

    [Fact]
    public void A_bounce_is_told_of_the_message_that_bounced()
    {
        const string Bounce = """
            From: MAILER-DAEMON@example.com
            To: help@shop.example
            Subject: Undelivered Mail Returned to Sender
            Auto-Submitted: auto-replied
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            Nobody lives here.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.com

            Final-Recipient: rfc822; nobody@example.com
            Action: failed
            Status: 5.1.1
            --b
            Content-Type: message/rfc822

            Message-ID: <0199@shop.example>
            From: help@shop.example
            To: nobody@example.com

            Hello
            --b--
            """;

        WebhookReading.Taken taken = Assert.IsType<WebhookReading.Taken>(Reader.Read(Channel, Proven(Bounce, Secret)));
        Assert.Empty(taken.Messages);
        Assert.Equal(new DeliveryReport("0199@shop.example", MessageState.Failed, "bounced"), Assert.Single(taken.Reports));
    }

    [Fact]
    public void A_file_comes_with_its_name_and_never_with_a_way()
    {
        const string Body = """
            --b
            Content-Type: text/plain

            See the picture.
            --b
            Content-Type: image/png
            Content-Disposition: attachment; filename="../../etc/leak.png"
            Content-Transfer-Encoding: base64

            aGVsbG8=
            --b--
            """;

        ReceivedFile file = Assert.Single(Assert.Single(Taken(Mail("Content-Type: multipart/mixed; boundary=b", Body))).Files);

        Assert.Equal(("leak.png", "hello"), (file.Name, Encoding.UTF8.GetString(file.Content.Span)));
    }

    [Fact]
    public void What_is_nested_to_break_a_reader_is_read_or_refused()
    {
        StringBuilder bomb = new("Content-Type: multipart/mixed; boundary=b0\n\n");
        for (int depth = 0; depth < 2000; depth++)
            bomb.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"--b{depth}\nContent-Type: multipart/mixed; boundary=b{depth + 1}\n\n"
            );
        string html = string.Concat(Enumerable.Repeat("<div>", 200_000));

        WebhookReading nested = Reader.Read(Channel, Proven("From: a@b.example\n" + bomb, Secret));
        Assert.True(nested is WebhookReading.Taken or WebhookReading.Malformed);
        Assert.Null(Read(Mail("Content-Type: text/html", html + "deep")).Html);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n", "--b\nContent-Type: text/plain\n\nx\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\n")]
    [InlineData("Content-Type: multipart/digest; boundary=b\n\n", "--b\n\n")]
    [InlineData("X-Many: 0\n", "a:\n")]
    public void What_is_of_countless_pieces_is_refused(string head, string piece)
    {
        string mail = "From: a@b.example\n" + head + string.Concat(Enumerable.Repeat(piece, 10_000));

        Assert.IsType<WebhookReading.Malformed>(Reader.Read(Channel, Proven(mail, Secret)));
    }

    [Fact]
    public void The_headers_that_a_bounce_quotes_are_bounded_too()
    {
        string mail = $"""
            From: MAILER-DAEMON@example.com
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.com

            Action: failed

            --b
            Content-Type: text/rfc822-headers

            Message-ID: <0199@shop.example>
            {string.Concat(Enumerable.Repeat("a:\n", 10_000))}
            --b--
            """;

        Assert.IsType<WebhookReading.Malformed>(Reader.Read(Channel, Proven(mail, Secret)));
    }

    public static TheoryData<string> Costly { get; } =
        new(
            // Each x opens all of the 499 again.
            "<p>" + string.Concat(Enumerable.Range(1, 499).Select(i => $"<b a={i}>")) + Times("x<p>", 100_000),
            // A slash closes nothing, nor does the end of what is not open.
            Times("<div/>", 80_000),
            Times("<div></x>", 50_000),
            // One reader's style is another's elements.
            "<select><style></select>" + Times("<div>", 80_000),
            "<noscript>" + Times("<div>", 80_000)
        );

    [Theory]
    [MemberData(nameof(Costly))]
    public void Html_that_costs_more_than_it_says_is_read_as_words_only(string html) =>
        Assert.Null(Read(Mail("Content-Type: text/html", html)).Html);

    [Fact]
    public void What_mail_programs_write_is_not_too_costly()
    {
        string html = Times("<table><tr><td><p><font size=2><b>Hello</b><br/></font></p><img src=x></td></tr></table>", 4000);

        Assert.StartsWith("<table>", Read(Mail("Content-Type: text/html", html)).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_is_sent_in_its_thread_and_has_the_same_name_each_time()
    {
        await using MailboxServer server = new();
        EmailAdapter adapter = new(new KeptFiles(), TimeProvider.System);
        OutgoingMessage message = Outgoing(From) with { Subject = "It leaks", InReplyTo = ["2@example.com", "1@example.com"] };
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;

        Assert.Null(await adapter.TestAsync(Mailbox(server.Port), cancellationToken));
        SendOutcome first = await adapter.SendAsync(Mailbox(server.Port), message, cancellationToken);
        SendOutcome second = await adapter.SendAsync(Mailbox(server.Port), message, cancellationToken);

        Assert.Equal(new SendOutcome.Sent("0199@shop.example"), first);
        Assert.Equal(first, second);
        using MimeMessage mail = await MimeMessage.LoadAsync(new MemoryStream(server.Taken[0]), cancellationToken);
        Assert.Equal(("Re: It leaks", "2@example.com", "0199@shop.example"), (mail.Subject, mail.InReplyTo, mail.MessageId));
        Assert.Equal(["1@example.com", "2@example.com"], mail.References);
        Assert.Equal("We are on it.", mail.TextBody!.Trim());
    }

    [Fact]
    public async Task Files_leave_with_their_names_and_contents()
    {
        await using MailboxServer server = new();
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        KeptFiles files = new();
        Attachment manual = await files.StoreAsync("drain pump.txt", "Turn it to the left."u8.ToArray(), cancellationToken);
        OutgoingMessage message = Outgoing(From) with { Attachments = [manual] };

        Assert.IsType<SendOutcome.Sent>(
            await new EmailAdapter(files, TimeProvider.System).SendAsync(Mailbox(server.Port), message, cancellationToken)
        );

        using MimeMessage mail = await MimeMessage.LoadAsync(new MemoryStream(server.Taken[0]), cancellationToken);
        MimePart part = Assert.IsAssignableFrom<MimePart>(Assert.Single(mail.Attachments));
        using MemoryStream content = new();
        await part.Content!.DecodeToAsync(content, cancellationToken);
        Assert.Equal("drain pump.txt", part.FileName);
        Assert.Equal("Turn it to the left.", System.Text.Encoding.UTF8.GetString(content.ToArray()));
    }

    [Fact]
    public async Task An_address_that_the_server_does_not_know_has_bounced()
    {
        await using MailboxServer server = new();
        server.Refuse("leyla@example.com");

        SendOutcome outcome = await new EmailAdapter(new KeptFiles(), TimeProvider.System).SendAsync(
            Mailbox(server.Port),
            Outgoing(From),
            TestContext.Current.CancellationToken
        );

        Assert.Equal(new SendOutcome.Refused("bounced"), outcome);
    }

    [Fact]
    public async Task A_server_out_of_reach_is_tried_again() =>
        Assert.IsType<SendOutcome.NotNow>(
            await new EmailAdapter(new KeptFiles(), TimeProvider.System).SendAsync(
                Mailbox(1),
                Outgoing(From),
                TestContext.Current.CancellationToken
            )
        );

    private static Channel Mailbox(int port) =>
        Sample.Channel(
            "email",
            $$"""{"address":"help@shop.example","token":"mail-token","smtp":{"host":"127.0.0.1","security":"none","port":{{port}} } }"""
        );

    private InboundMessage Read(string mail) => Assert.Single(Taken(mail)).Message;

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));

    private static string Mail(string headers, string body) =>
        $"From: Leyla <Leyla@Example.com>\nTo: help@shop.example\nSubject: It leaks\n{headers}\n\n{body}";
}
