using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.Email.Polling;
using OmniIoT.Channels.Inbound;
using OmniIoT.Commit.Delivery;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Metrics;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Providers;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>A mailbox on a real server, by a clock that the test moves.</summary>
public sealed class MailboxWatchTests
{
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingInbox _inbox = new();

    private IEnumerable<string> Received => _inbox.Received.Select(static message => message.ExternalId.Trim('<', '>'));

    [Fact]
    public async Task A_mail_that_is_never_given_out_is_set_aside_for_a_person_by_the_same_session()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await using ImapGate gate = new(server, mail: 1);
        await server.DeliverAsync(Mail("m1"), Mail("m2"));

        string? trouble = await ReadUntilAsync(gate, async () => await server.CountAsync() == (2, 0, 1));

        Assert.Equal(["m2@example.com"], Received);
        Assert.Equal(1, gate.Connections);
        Assert.Null(trouble);
    }

    [Fact]
    public async Task A_mail_over_which_the_connection_ends_is_set_aside_while_the_others_are_read()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await using ImapGate gate = new(server, mail: 1, hangsUp: true);
        await server.DeliverAsync(Mail("m1"), Mail("m2"));
        int last = 2;

        string? trouble = await ReadUntilAsync(
            gate,
            async () =>
            {
                await server.DeliverAsync(Mail($"m{++last}"));
                return (await server.CountAsync()).Flagged == 1;
            }
        );

        Assert.Contains("m2@example.com", Received);
        Assert.DoesNotContain("m1@example.com", Received);
        Assert.Null(trouble);
    }

    [Fact]
    public async Task A_server_that_gives_out_nothing_is_in_trouble_itself_and_its_mails_stay()
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await using ImapGate gate = new(server, mail: 1, hangsUp: true);
        await server.DeliverAsync(Mail("m1"));

        await ReadUntilAsync(gate, () => Task.FromResult(gate.Connections >= 20));

        Assert.Equal((1, 1, 0), await server.CountAsync());
    }

    /// <returns>What is wrong with the mailbox at its end; null: nothing.</returns>
    private async Task<string?> ReadUntilAsync(ImapGate gate, Func<Task<bool>> isSeen)
    {
        using MediaFetcher media = new([], _time);
        using MailTaker taker = new(
            new InboundTaker(_inbox, new NoCalls(), new NoPurchases(), new KeptFiles(), media, _time),
            NullLogger<MailTaker>.Instance
        );
        using OmniMetrics metrics = new();
        MailboxTroubles troubles = new(metrics);
        MailboxServices services = new(taker, troubles, new RetryClock(_time, new Random(1)), NullLogger<MailboxServices>.Instance);
        MailboxWatch watch = new(Channel(gate), services, TestContext.Current.CancellationToken);
        await Awaited.Seen(
            async () =>
            {
                // Longer than any pause.
                _time.Advance(TimeSpan.FromMinutes(5));
                return await isSeen() ? watch : null;
            },
            "the mailbox as it is to be"
        );
        watch.End();
        await watch.EndedAsync();
        return troubles.All;
    }

    private static Channel Channel(ImapGate gate) =>
        Sample.Channel("email", $$"""{"address":"help@shop.example","imap":{{gate.Settings}}}""");

    private static string Mail(string id) =>
        $"From: Leyla <leyla@example.com>\nTo: help@shop.example\nMessage-ID: <{id}@example.com>\nContent-Type: text/plain\n\nIt leaks";
}
