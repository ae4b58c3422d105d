using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Hosting;

/// <summary>Watches the stream of events as the console does.</summary>
public sealed class EventWatcher : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<SseItem<string>> _events = [];
    private readonly Task _reading;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EventWatcher(HttpResponseMessage response)
    {
        _response = response;
        _reading = ReadAsync();
    }

    /// <summary>Names of the events so far, in their order.</summary>
    public IReadOnlyList<string> Kinds
    {
        get
        {
            lock (_lock)
                return [.. _events.Select(item => item.EventType)];
        }
    }

    /// <summary>Ids of the events so far, in their order.</summary>
    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_lock)
                return [.. _events.Select(item => item.EventId ?? "")];
        }
    }

    /// <summary>Sees everything that happens after this returns.</summary>
    /// <param name="query">As <c>customerId=c1</c>.</param>
    /// <param name="lastEventId">Null: from now on; else what came after that event comes first.</param>
    public static async Task<EventWatcher> OpenAsync(HttpClient api, string query, string? lastEventId = null)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, "stream?" + query);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        HttpResponseMessage response = await api.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new EventWatcher(response);
    }

    /// <summary>The data of the n-th event of a kind.</summary>
    public async Task<JsonNode> SeenAsync(string kind, int number = 1)
    {
        try
        {
            return JsonNode.Parse(await Awaited.Within(WaitAsync(kind, number), $"event {kind} number {number}"))!;
        }
        catch (TimeoutException missing)
        {
            throw new TimeoutException($"{missing.Message} There were: {string.Join(", ", Kinds)}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _reading;
        _response.Dispose();
        _stop.Dispose();
    }

    private async Task<string> WaitAsync(string kind, int number)
    {
        while (true)
        {
            Task changed;
            lock (_lock)
            {
                if (_events.Where(item => item.EventType == kind).ElementAtOrDefault(number - 1) is { Data: not null } found)
                    return found.Data;
                changed = _changed.Task;
            }
            await changed;
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            await using Stream stream = await _response.Content.ReadAsStreamAsync(_stop.Token);
            await foreach (SseItem<string> item in SseParser.Create(stream).EnumerateAsync(_stop.Token))
                Take(item);
        }
        catch (Exception end) when (end is OperationCanceledException or IOException)
        {
            // The watcher leaves, or the host is gone; a test that still waits says what it waited for.
        }
    }

    private void Take(SseItem<string> item)
    {
        lock (_lock)
        {
            _events.Add(item);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
