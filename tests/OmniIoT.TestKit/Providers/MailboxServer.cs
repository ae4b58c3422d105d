using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using OmniIoT.TestKit.Hosting;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace OmniIoT.TestKit.Providers;

/// <summary>A server of mail on loopback (RFC 5321) that keeps what it takes, and refuses addresses that it is told to.</summary>
public sealed class MailboxServer : IAsyncDisposable
{
    private readonly Mailboxes _mailboxes = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;

    public MailboxServer()
    {
        Port = FreePort.Find();
        ServiceProvider services = new();
        services.Add((IMessageStore)_mailboxes);
        services.Add((IMailboxFilter)_mailboxes);
        ISmtpServerOptions options = new SmtpServerOptionsBuilder()
            .ServerName("localhost")
            .Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, Port)))
            .Build();
        _running = new SmtpServer.SmtpServer(options, services).StartAsync(_stopping.Token);
    }

    public int Port { get; }

    /// <summary>The mails that it took, as they came.</summary>
    public IReadOnlyList<byte[]> Taken => [.. _mailboxes.Taken];

    /// <summary>There is no such mailbox from now on.</summary>
    public void Refuse(string address) => _mailboxes.Refused[address] = true;

    /// <summary>The next mail is taken and that is never said; the task ends once it was taken.</summary>
    public Task<byte[]> HoldNext() => _mailboxes.HoldNext();

    public async ValueTask DisposeAsync()
    {
        _mailboxes.LetGo();
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private sealed class Mailboxes : IMessageStore, IMailboxFilter
    {
        private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource<byte[]>? _held;

        public Task<byte[]> HoldNext()
        {
            TaskCompletionSource<byte[]> held = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _held = held;
            return held.Task;
        }

        public void LetGo() => _gone.TrySetResult();

        public ConcurrentQueue<byte[]> Taken { get; } = new();

        public ConcurrentDictionary<string, bool> Refused { get; } = new(StringComparer.OrdinalIgnoreCase);

        public async Task<SmtpResponse> SaveAsync(
            ISessionContext context,
            IMessageTransaction transaction,
            ReadOnlySequence<byte> buffer,
            CancellationToken cancellationToken
        )
        {
            byte[] mail = buffer.ToArray();
            Taken.Enqueue(mail);
            if (Interlocked.Exchange(ref _held, null) is not { } held)
                return SmtpResponse.Ok;
            held.SetResult(mail);
            await _gone.Task;
            return SmtpResponse.TransactionFailed;
        }

        public Task<bool> CanAcceptFromAsync(ISessionContext context, IMailbox from, int size, CancellationToken cancellationToken) =>
            Task.FromResult(true);

        public Task<bool> CanDeliverToAsync(ISessionContext context, IMailbox to, IMailbox from, CancellationToken cancellationToken) =>
            Task.FromResult(!Refused.ContainsKey($"{to.User}@{to.Host}"));
    }
}
