using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Simulators.Channels;

/// <summary>
/// Stands in for the HTTP APIs of Twilio and of Meta, as far as messages and calls go: takes everything, from this machine only.
/// </summary>
internal sealed class StandInProvider : IAsyncDisposable
{
    private const int MostBodyBytes = 64 * 1024;

    private readonly HttpListener _listener = new();
    private readonly Action<string> _tell;
    private readonly Task _running;
    private int _named;

    /// <param name="tell">What it was given, for people; called from any thread.</param>
    public StandInProvider(Action<string> tell)
    {
        _tell = tell;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _running = RunAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _running;
    }

    private async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                await AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                // It was closed, or the caller is gone.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        byte[] buffer = new byte[MostBodyBytes];
        int read = await context.Request.InputStream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false);
        // A file is not kept, but taken whole: its sender would know no answer else.
        await context.Request.InputStream.CopyToAsync(Stream.Null);
        string path = context.Request.Url!.AbsolutePath;
        JsonObject answer = AnswerTo(path);
        if (context.Request.HttpMethod == "POST")
            _tell($"{path.Split('/')[^1]}: {WordsOf(context.Request, buffer.AsSpan(0, read))}");
        context.Response.ContentType = "application/json";
        await using Stream output = context.Response.OutputStream;
        await output.WriteAsync(Encoding.UTF8.GetBytes(answer.ToJsonString()));
    }

    private static string WordsOf(HttpListenerRequest request, ReadOnlySpan<byte> body) =>
        request.ContentType?.StartsWith("multipart/", StringComparison.Ordinal) is true
            ? $"a file, {request.ContentLength64} bytes"
            : Uri.UnescapeDataString(Encoding.UTF8.GetString(body).Replace('+', ' '));

    private JsonObject AnswerTo(string path) =>
        path switch
        {
            _ when path.EndsWith("/Messages.json", StringComparison.Ordinal) => new() { ["sid"] = Next("SM"), ["status"] = "queued" },
            _ when path.EndsWith("/Calls.json", StringComparison.Ordinal) => new() { ["sid"] = Next("CA"), ["status"] = "queued" },
            _ when path.EndsWith("/messages", StringComparison.Ordinal) => new()
            {
                ["messages"] = new JsonArray(new JsonObject { ["id"] = Next("wamid.") }),
                ["message_id"] = Next("m_"),
            },
            _ => new() { ["id"] = Next("") },
        };

    private string Next(string kind) => kind + Interlocked.Increment(ref _named).ToString("x32", CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
