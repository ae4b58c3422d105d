using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.Durability;

/// <summary>SIGKILL while a mailbox is read.</summary>
public sealed class MailboxKillTests
{
    private const int Mails = 60;

    [Fact]
    public async Task Every_mail_is_one_message_after_a_kill_in_between()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        using TemporaryDirectory directory = new();
        await server.DeliverAsync([.. Enumerable.Range(1, Mails).Select(MailOf)]);
        await using (HostProcess before = await HostProcess.StartAsync(directory.Path))
        {
            await before.Api.PutAsync(
                "channels/mail",
                $$"""{"type":"email","name":"Mail","settings":{"address":"help@shop.example","imap":{{server.Settings}} } }"""
            );
            await before.Api.SeenAsync("conversations", static json => json["items"]!.AsArray().Count > 0, "first message");
            await before.KillAsync();
        }

        await using HostProcess after = await HostProcess.StartAsync(directory.Path);
        await Awaited.Seen(async () => (await server.CountAsync()).Unseen == 0 ? server : null, "all mails to be seen");

        JsonNode talk = Assert.Single(await after.Api.ListAsync("conversations"));
        IReadOnlyList<JsonNode> messages = await after.Api.ListAsync($"conversations/{talk["id"]}/messages");
        Assert.Equal(
            Enumerable.Range(1, Mails).Select(static number => $"Word {number:00}"),
            messages.Select(static message => ((string)message["text"]!).Trim()).Order(StringComparer.Ordinal)
        );
        after.HasNoErrors();
    }

    private static string MailOf(int number) =>
        $"From: leyla@example.com\nTo: help@shop.example\nSubject: Words\nMessage-ID: <{number}@example.com>\n\nWord {number:00}";
}
