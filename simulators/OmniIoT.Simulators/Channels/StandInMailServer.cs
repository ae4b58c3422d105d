using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OmniIoT.Simulators.Channels;

/// <summary>A mail server (RFC 5321) that takes every mail, from this machine only, and passes none on.</summary>
internal sealed class StandInMailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Action<string> _tell;
    private readonly Task _running;

    /// <param name="tell">To whom a mail went, for people; called from any thread.</param>
    public StandInMailServer(Action<string> tell)
    {
        _tell = tell;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _running = RunAsync();
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        await _running;
        _stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(_stopping.Token);
                await ServeAsync(client.GetStream());
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException)
            {
                // It ends, or the client is gone.
            }
        }
    }

    private async Task ServeAsync(NetworkStream stream)
    {
        using StreamReader reader = new(stream, Encoding.Latin1);
        await using StreamWriter writer = new(stream, Encoding.ASCII) { NewLine = "\r\n", AutoFlush = true };
        await writer.WriteLineAsync("220 localhost");
        while (await reader.ReadLineAsync(_stopping.Token) is { } line)
        {
            string verb = line.Length < 4 ? line.ToUpperInvariant() : line[..4].ToUpperInvariant();
            await writer.WriteLineAsync(await AnswerAsync(verb, line, reader, writer));
            if (verb == "QUIT")
                return;
        }
    }

    private async Task<string> AnswerAsync(string verb, string line, StreamReader reader, StreamWriter writer)
    {
        switch (verb)
        {
            case "RCPT":
                _tell($"mail: {line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..]}");
                return "250 OK";
            case "DATA":
                await writer.WriteLineAsync("354 Go on");
                while (await reader.ReadLineAsync(_stopping.Token) is { } text && text != ".")
                {
                    // A stand-in keeps nothing.
                }
                return "250 OK";
            case "QUIT":
                return "221 Bye";
            case "EHLO" or "HELO" or "MAIL" or "NOOP" or "RSET":
                return "250 OK";
            default:
                return "502 Not here";
        }
    }
}
