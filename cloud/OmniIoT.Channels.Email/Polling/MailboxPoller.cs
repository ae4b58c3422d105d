using System.Text.Json.Nodes;
using Microsoft.Extensions.Hosting;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Loops;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>
/// Has the mailboxes of e-mail channels read, each by one process of a cluster. While processes come and go two may read one: what both
/// take is one message all the same, by its <c>Message-ID</c>.
/// </summary>
public sealed class MailboxPoller(ChannelDirectory directory, MailboxServices services, IProcesses processes, BackgroundLoops loops)
    : BackgroundService
{
    /// <summary>After a channel was changed, its mailbox is read as it says now within this time.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, MailboxWatch> _watches = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await loops.RunEveryAsync(LookEvery, PartNames.Deliveries, "mailboxes", token => LookAsync(token), stoppingToken);
        foreach (MailboxWatch watch in _watches.Values)
            await watch.EndedAsync();
    }

    private async ValueTask LookAsync(CancellationToken stopping)
    {
        Dictionary<string, Channel> wanted = directory
            .Enabled(ChannelKinds.Email)
            .Where(channel => channel.Has(MailServer.Imap) && processes.IsShareOfOwn("mailbox:" + channel.Id))
            .ToDictionary(static channel => channel.Id, StringComparer.Ordinal);
        foreach (MailboxWatch watch in _watches.Values.ToList())
        {
            if (wanted.TryGetValue(watch.Channel.Id, out Channel? channel) && JsonNode.DeepEquals(channel.Settings, watch.Channel.Settings))
                continue;
            watch.End();
            if (!watch.IsOver)
                continue;
            await watch.EndedAsync();
            _watches.Remove(watch.Channel.Id);
        }
        // One that still ends keeps its place: two that read one mailbox here would do all twice.
        foreach (Channel channel in wanted.Values.Where(channel => !_watches.ContainsKey(channel.Id)))
            _watches.Add(channel.Id, new MailboxWatch(channel, services, stopping));
    }
}
