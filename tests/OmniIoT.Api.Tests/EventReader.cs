using System.Globalization;
using OmniIoT.TestKit;

namespace OmniIoT.Api.Tests;

/// <summary>One event of a stream.</summary>
public sealed record StreamEvent(long? Id, string Name, string Data);

/// <summary>Reads server-sent events.</summary>
public sealed class EventReader : IDisposable
{
    private readonly HttpClient _http;
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private EventReader(HttpClient http, HttpResponseMessage response, Stream stream)
    {
        _http = http;
        _response = response;
        _reader = new StreamReader(stream);
    }

    /// <summary>Returns once the stream has said that it is open: whatever happens next is in it.</summary>
    public static async Task<EventReader> OpenAsync(HttpClient http, string path, long? lastEventId)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        if (lastEventId is { } id)
            request.Headers.Add("Last-Event-ID", id.ToString(CultureInfo.InvariantCulture));
        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        EventReader reader = new(http, response.EnsureSuccessStatusCode(), await response.Content.ReadAsStreamAsync());
        await reader._reader.ReadLineAsync();
        return reader;
    }

    public Task<StreamEvent> NextAsync() => Awaited.Within(ReadAsync(), "next event");

    /// <summary>The next event of the name; others are passed over.</summary>
    public async Task<StreamEvent> NextAsync(string name)
    {
        while (true)
        {
            StreamEvent next = await Awaited.Within(ReadAsync(), $"event '{name}'");
            if (next.Name == name)
                return next;
        }
    }

    /// <summary>The names of the events that come before the stream is ended by the other side.</summary>
    public async Task<IReadOnlyList<string>> NamesUntilEndAsync()
    {
        List<string> names = [];
        while (await Awaited.Within(TryReadAsync(), "end of the stream") is { } last)
            names.Add(last.Name);
        return names;
    }

    public void Dispose()
    {
        _reader.Dispose();
        _response.Dispose();
        _http.Dispose();
    }

    private async Task<StreamEvent> ReadAsync() => await TryReadAsync() ?? throw new InvalidOperationException("The stream ended.");

    private async Task<StreamEvent?> TryReadAsync()
    {
        long? id = null;
        string name = "message";
        string? data = null;
        while (await _reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                id = long.Parse(line[4..], CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                name = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = data is null ? line[6..] : data + "\n" + line[6..];
            else if (line.Length == 0 && data is not null)
                return new StreamEvent(id, name, data);
            else if (line.Length == 0)
                id = null;
        }
        return null;
    }
}
