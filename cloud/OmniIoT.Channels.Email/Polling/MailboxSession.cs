using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Email.Polling;

/// <summary>A folder of a mailbox, opened by IMAP (RFC 3501). Reading a mail leaves it as it is; only what is marked is changed.</summary>
internal sealed class MailboxSession : IAsyncDisposable
{
    // Of connecting and of each command.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    // RFC 2177 asks for less than 30 minutes; networks forget silent connections sooner.
    private static readonly TimeSpan LongestIdle = TimeSpan.FromMinutes(9);

    private readonly ImapClient _client;
    private readonly IMailFolder _folder;
    private readonly TimeProvider _time;

    private volatile bool _hasNews;
    private CancellationTokenSource? _idle;

    private MailboxSession(ImapClient client, IMailFolder folder, TimeProvider time)
    {
        (_client, _folder, _time) = (client, folder, time);
        folder.CountChanged += (_, _) => Wake();
    }

    /// <summary>How long until the next look where the server tells of nothing by itself.</summary>
    public static TimeSpan PollEvery { get; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether the server still speaks with it: what fails then is of one mail.</summary>
    public bool IsOpen => _client.IsAuthenticated && _folder.IsOpen;

    /// <summary>Signs in and opens the folder, <c>INBOX</c> unless the settings name another.</summary>
    public static async ValueTask<MailboxSession> OpenAsync(Channel channel, TimeProvider time, CancellationToken cancellationToken)
    {
        ImapClient client = new() { Timeout = (int)Patience.TotalMilliseconds };
        try
        {
            MailServer server = MailServer.Of(channel, MailServer.Imap);
            await client.ConnectAsync(server.Host, server.Port, server.Security, cancellationToken);
            await client.AuthenticateAsync(server.User ?? "", server.Password ?? "", cancellationToken);
            IMailFolder folder = channel.Text(MailServer.Imap, "folder") is { } name
                ? await client.GetFolderAsync(name, cancellationToken)
                : client.Inbox!;
            await folder.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
            return new MailboxSession(client, folder, time);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>What nobody has seen, the oldest first.</summary>
    /// <param name="since">What came on an earlier day (RFC 3501, INTERNALDATE) is old.</param>
    public async ValueTask<IReadOnlyList<UnseenMail>> UnseenAsync(DateTime since, CancellationToken cancellationToken)
    {
        _hasNews = false;
        IList<UniqueId> unseen = await _folder.SearchAsync(SearchQuery.NotSeen, cancellationToken);
        if (unseen.Count == 0)
            return [];
        SearchQuery old = SearchQuery.NotSeen.And(SearchQuery.DeliveredBefore(since));
        HashSet<UniqueId> known = [.. await _folder.SearchAsync(old, cancellationToken)];
        return [.. unseen.Order().Select(id => new UnseenMail(id, known.Contains(id)))];
    }

    /// <summary>The beginning of a mail; all of it when it is no longer.</summary>
    public async ValueTask<byte[]> ReadAsync(UniqueId mail, int mostBytes, CancellationToken cancellationToken)
    {
        await using Stream stream = await _folder.GetStreamAsync(mail, 0, mostBytes, cancellationToken);
        using MemoryStream read = new();
        await stream.CopyToAsync(read, cancellationToken);
        return read.ToArray();
    }

    /// <summary>It is not looked at again.</summary>
    public Task MarkSeenAsync(UniqueId mail, CancellationToken cancellationToken) =>
        _folder.AddFlagsAsync(mail, MessageFlags.Seen, silent: true, cancellationToken);

    /// <summary>It is not looked at again, and stands out for a person who opens the mailbox.</summary>
    public Task SetAsideAsync(UniqueId mail, CancellationToken cancellationToken) =>
        _folder.AddFlagsAsync(mail, MessageFlags.Seen | MessageFlags.Flagged, silent: true, cancellationToken);

    /// <summary>Returns when there may be something new: the server says so (RFC 2177), or it is time to look.</summary>
    /// <param name="longest">How long at most.</param>
    public async ValueTask WaitAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_hasNews || longest <= TimeSpan.Zero)
            return;
        if (!_client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(longest < PollEvery ? longest : PollEvery, _time, cancellationToken);
            return;
        }
        using CancellationTokenSource idle = new(longest < LongestIdle ? longest : LongestIdle, _time);
        _idle = idle;
        try
        {
            // What came since the question above would wake nobody.
            if (!_hasNews)
                await _client.IdleAsync(idle.Token, cancellationToken);
        }
        finally
        {
            _idle = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            using CancellationTokenSource late = new(Goodbye, _time);
            await _client.DisconnectAsync(quit: true, late.Token);
        }
#pragma warning disable CA1031 // Whoever leaves owes nobody a word.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The connection is gone already.
        }
        _client.Dispose();
    }

    private void Wake()
    {
        _hasNews = true;
        _idle?.Cancel();
    }
}
