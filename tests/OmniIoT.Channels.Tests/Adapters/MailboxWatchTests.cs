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

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 13)]
    public async Task A_mail_that_is_never_given_out_is_set_aside_for_a_person(bool hangsUp, int connections)
    {
        await using ImapServer server = await ImapServer.StartAsync();
        await using ImapGate gate = new(server, mail: 1, hangsUp);
        await server.DeliverAsync(Mail("m1"), Mail("m2"));
        using MediaFetcher media = new([], _time);
        using MailTaker taker = new(
            new InboundTaker(_inbox, new NoCalls(), new NoPurchases(), new KeptFiles(), media, _time),
            NullLogger<MailTaker>.Instance
        );
        using OmniMetrics metrics = new();
        MailboxTroubles troubles = new(metrics);
        MailboxServices services = new(taker, troubles, new RetryClock(_time, new Random(1)), NullLogger<MailboxServices>.Instance);
        MailboxWatch watch = new(Channel(gate), services, TestContext.Current.CancellationToken);

        await Awaited.Seen(async () => await IsSetAsideAsync(server) ? watch : null, "the mail to be set aside");
        watch.End();
        await watch.EndedAsync();

        Assert.Equal(["m2@example.com"], _inbox.Received.Select(static message => message.ExternalId.Trim('<', '>')));
        Assert.Equal(connections, gate.Connections);
        Assert.Null(troubles.All);
    }

    private async Task<bool> IsSetAsideAsync(ImapServer server)
    {
        _time.Advance(TimeSpan.FromMinutes(5));
        return await server.CountAsync() == (2, 0, 1);
    }

    private static Channel Channel(ImapGate gate) =>
        Sample.Channel("email", $$"""{"address":"help@shop.example","imap":{{gate.Settings}}}""");

    private static string Mail(string id) =>
        $"From: Leyla <leyla@example.com>\nTo: help@shop.example\nMessage-ID: <{id}@example.com>\nContent-Type: text/plain\n\nIt leaks";
}
