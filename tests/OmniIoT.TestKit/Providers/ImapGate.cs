using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OmniIoT.TestKit.Providers;

/// <summary>
/// Stands before an <see cref="ImapServer"/> on a port of its own and gives out all mails but one: it answers <c>NO</c> (RFC 3501, 7.1.2), as
/// a server does whose copy of it is damaged, or ends the connection, as one whose process falls over it.
/// </summary>
public sealed class ImapGate : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentBag<Task> _connections = [];
    private readonly ImapServer _server;
    private readonly string _refused;
    private readonly bool _hangsUp;
    private readonly Task _running;

    /// <param name="mail">The UID of the mail that nobody gets.</param>
    /// <param name="hangsUp">Whether it ends the connection of who asks for that one.</param>
    public ImapGate(ImapServer server, uint mail, bool hangsUp = false)
    {
        (_server, _refused, _hangsUp) = (server, $" UID FETCH {mail} ", hangsUp);
        _listener.Start();
        _running = RunAsync();
    }

    /// <summary>The settings of a channel that reads the mailbox through it.</summary>
    public string Settings =>
        _server.Settings.Replace($"{_server.Port}", $"{((IPEndPoint)_listener.LocalEndpoint).Port}", StringComparison.Ordinal);

    /// <summary>How often somebody connected.</summary>
    public int Connections => _connections.Count;

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await Task.WhenAll(_connections);
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
                _connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
        }
        catch (OperationCanceledException)
        {
            // Nobody connects any more.
        }
    }

    private async Task PassAsync(TcpClient accepted)
    {
        using TcpClient client = accepted;
        using TcpClient server = new();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _server.Port, _stopping.Token);
            Task answers = server.GetStream().CopyToAsync(client.GetStream(), _stopping.Token);
            await Task.WhenAny(answers, AskAsync(client.GetStream(), server.GetStream()));
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SocketException)
        {
            // One of the two is gone, and the other one sees it.
        }
    }

    private async Task AskAsync(NetworkStream client, NetworkStream server)
    {
        using StreamReader commands = new(client, Encoding.Latin1);
        while (await commands.ReadLineAsync(_stopping.Token) is { } command)
        {
            bool isRefused = command.Contains(_refused, StringComparison.Ordinal);
            if (isRefused && _hangsUp)
                return;
            string passed = isRefused ? $"{command.Split(' ')[0]} NO [SERVERBUG] The mail is damaged.\r\n" : command + "\r\n";
            await (isRefused ? client : server).WriteAsync(Encoding.Latin1.GetBytes(passed), _stopping.Token);
        }
    }
}
