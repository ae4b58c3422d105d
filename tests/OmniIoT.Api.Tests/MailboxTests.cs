using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Api.Tests;

/// <summary>Mailboxes that are read by IMAP, on a real server.</summary>
public sealed class MailboxTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task What_lies_in_a_mailbox_and_what_comes_into_it_are_messages_and_seen_afterwards()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await server.DeliverAsync(Mail("first", "m1@example.com", "It leaks"));
        await PutAsync("first", server.Settings);
        await MessagesAsync("first", 1);

        await server.DeliverAsync(Mail("first", "m2@example.com", "It still leaks"));

        IReadOnlyList<string> texts = await MessagesAsync("first", 2);
        Assert.Equal(["It leaks", "It still leaks"], texts.Order(StringComparer.Ordinal));
        await AllSeenAsync(server);
    }

    [Fact]
    public async Task A_mail_that_is_read_once_more_is_one_message()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await server.DeliverAsync(Mail("again", "m1@example.com", "It leaks"));
        await PutAsync("again", server.Settings);
        await AllSeenAsync(server);

        await server.MakeUnseenAsync();
        await server.DeliverAsync(Mail("again", "m2@example.com", "It still leaks"));

        await MessagesAsync("again", 2);
        await AllSeenAsync(server);
        Assert.Equal(2, (await MessagesAsync("again", 2)).Count);
    }

    [Fact]
    public async Task What_is_no_mail_of_anybody_is_set_aside_for_a_person_and_holds_up_no_other()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await server.DeliverAsync("Subject: From nobody\n\nHello", Mail("aside", "m1@example.com", "It leaks"));
        await PutAsync("aside", server.Settings);

        Assert.Equal(["It leaks"], await MessagesAsync("aside", 1));
        await AllSeenAsync(server);
        Assert.Equal((2, 0, 1), await server.CountAsync());
    }

    [Fact]
    public async Task Of_a_mail_that_is_too_large_it_is_told_who_wrote_it_about_what()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await server.DeliverAsync(Mail("large", "m1@example.com", string.Concat(Enumerable.Repeat("0123456789abcdef\n", 2_100_000))));
        await PutAsync("large", server.Settings);

        Assert.Equal(["[larger than 32 MiB, left in the mailbox]"], await MessagesAsync("large", 1));
        Assert.Equal("It leaks", (string?)(await TalkAsync("large"))!["subject"]);
    }

    [Fact]
    public async Task A_mail_that_its_server_cannot_give_out_holds_up_no_other_and_nobody_signs_in_anew_for_it()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await using ImapGate gate = new(server, mail: 1);
        await server.DeliverAsync(Mail("damaged", "m1@example.com", "Nobody reads this"), Mail("damaged", "m2@example.com", "It leaks"));
        await PutAsync("damaged", gate.Settings);
        await MessagesAsync("damaged", 1);

        string trouble = await Awaited.Seen(() => TroubleAsync("damaged"), "the mail to be named");
        await server.DeliverAsync(Mail("damaged", "m3@example.com", "It still leaks"));

        Assert.Equal(["It leaks", "It still leaks"], (await MessagesAsync("damaged", 2)).Order(StringComparer.Ordinal));
        Assert.Contains("tried again", trouble, StringComparison.Ordinal);
        Assert.Equal(1, gate.Connections);
    }

    [Fact]
    public async Task What_lay_unread_for_weeks_is_there_and_nobody_is_made_to_wait_by_it()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await server.DeliverAsync(Mail("weeks", "m1@example.com", "It leaks"), TimeSpan.FromDays(9));
        await PutAsync("weeks", server.Settings);
        await MessagesAsync("weeks", 1);
        Assert.Null((await TalkAsync("weeks"))!["waitingSince"]);

        await server.DeliverAsync(Mail("weeks", "m2@example.com", "It still leaks"), TimeSpan.FromDays(5));

        await MessagesAsync("weeks", 2);
        Assert.NotNull((await TalkAsync("weeks"))!["waitingSince"]);
    }

    [Fact]
    public async Task A_mailbox_that_is_away_is_named_and_read_once_it_is_back()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await PutAsync("away", server.Settings);
        await server.DeliverAsync(Mail("away", "m1@example.com", "It leaks"));
        await MessagesAsync("away", 1);

        await server.StopAsync();
        string trouble = await Awaited.Seen(() => TroubleAsync("away"), "the mailbox to be named");
        Answer tested = await host.PostAsync("channels/away/test");
        await server.StartAgainAsync();
        await server.DeliverAsync(Mail("away", "m2@example.com", "It still leaks"));

        await MessagesAsync("away", 2);
        Assert.Contains("'away'", trouble, StringComparison.Ordinal);
        Assert.False((bool)tested.Json!["ok"]!);
        Assert.StartsWith("imap:", (string?)tested.Json["error"], StringComparison.Ordinal);
        await Awaited.Seen(async () => await TroubleAsync("away") is null ? server : null, "the mailbox to be named no more");
    }

    [Fact]
    public async Task A_test_says_whether_the_mailbox_takes_the_password_and_nobody_reads_it()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await PutAsync("right", server.Settings);
        await PutAsync("wrong", server.Settings.Replace(ImapServer.Password, "guessed", StringComparison.Ordinal));

        Answer right = await host.PostAsync("channels/right/test");
        Answer wrong = await host.PostAsync("channels/wrong/test");
        Answer read = await host.GetAsync("channels/right");

        Assert.Equal((true, false), ((bool)right.Json!["ok"]!, (bool)wrong.Json!["ok"]!));
        Assert.Equal("""{"set":true}""", read.Json!["settings"]!["imap"]!["password"]!.ToJsonString());
    }

    [Fact]
    public async Task A_password_that_is_put_right_is_used_at_once_and_a_channel_that_is_closed_reads_no_more()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await server.DeliverAsync(Mail("mended", "m1@example.com", "It leaks"));
        await PutAsync("mended", server.Settings.Replace(ImapServer.Password, "guessed", StringComparison.Ordinal));
        await Awaited.Seen(() => TroubleAsync("mended"), "the mailbox to be named");

        await PutAsync("mended", server.Settings);
        await MessagesAsync("mended", 1);
        int reading = await server.ConnectionsAsync();
        await host.DeleteAsync("channels/mended");

        Assert.NotEqual(0, reading);
        Assert.Null(await TroubleAsync("mended"));
        await Awaited.Seen(async () => await server.ConnectionsAsync() == 0 ? server : null, "the mailbox to be left alone");
    }

    private async Task PutAsync(string id, string imap)
    {
        Answer put = await host.PutAsync(
            "channels/" + id,
            $$"""{"type":"email","name":"Mail","settings":{"address":"{{id}}@shop.example","imap":{{imap}} } }"""
        );
        Assert.True(put.IsSuccess, put.Text);
    }

    /// <summary>The texts of a channel's one conversation, once there are so many.</summary>
    private async Task<IReadOnlyList<string>> MessagesAsync(string channel, int count) =>
        await Awaited.Seen(
            async () =>
            {
                if (await TalkAsync(channel) is not { } talk)
                    return null;
                JsonNode read = (await host.GetAsync($"conversations/{talk["id"]}")).Json!;
                string[] texts = [.. read["messages"]!.AsArray().Select(static one => ((string)one!["text"]!).Trim())];
                return texts.Length >= count ? texts : null;
            },
            $"{count} messages"
        );

    private async Task<JsonNode?> TalkAsync(string channel) =>
        (await host.GetAsync($"conversations?channel={channel}")).Items.SingleOrDefault();

    private static async Task AllSeenAsync(ImapServer server) =>
        await Awaited.Seen(async () => (await server.CountAsync()).Unseen == 0 ? server : null, "all mails to be seen");

    private async Task<string?> TroubleAsync(string channel) =>
        (string?)(await host.GetAsync("/readyz")).Json!["reasons"]!["deliveries"] is { } said
        && said.Contains($"'{channel}'", StringComparison.Ordinal)
            ? said
            : null;

    private static string Mail(string from, string id, string text) =>
        $"From: Leyla <{from}-leyla@example.com>\nTo: help@shop.example\nSubject: It leaks\nMessage-ID: <{id}>\nContent-Type: text/plain\n\n{text}";
}
