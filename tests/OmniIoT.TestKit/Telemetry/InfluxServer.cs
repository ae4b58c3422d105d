using System.Globalization;
using OmniIoT.TestKit.Containers;

namespace OmniIoT.TestKit.Telemetry;

/// <summary>An InfluxDB 1.x of its own: a local process, or a container where <see cref="ContainerEngine.IsWanted"/>.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private readonly IAsyncDisposable _run;
    private readonly HttpClient _http = new();
    private int _databases;

    private InfluxServer(IAsyncDisposable run, Uri url) => (_run, Url) = (run, url);

    public Uri Url { get; }

    /// <summary>Starts one, or skips the test where none is to be had.</summary>
    public static async Task<InfluxServer> StartAsync()
    {
        if (ContainerEngine.IsWanted)
        {
            InfluxInContainer container = await InfluxInContainer.StartAsync();
            return new InfluxServer(container, container.Url);
        }
        InfluxProcess process = await InfluxProcess.StartAsync();
        return new InfluxServer(process, process.Url);
    }

    /// <summary>Creates an empty database; its name.</summary>
    /// <param name="options">What the statement says beside the name.</param>
    public async Task<string> CreateDatabaseAsync(string options = "")
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref _databases)}");
        await QueryAsync("", $"CREATE DATABASE {name} {options}");
        return name;
    }

    public Task DropDatabaseAsync(string name) => QueryAsync("", $"DROP DATABASE {name}");

    /// <summary>The JSON of an answer.</summary>
    public async Task<string> QueryAsync(string database, string statement)
    {
        using FormUrlEncodedContent form = new([KeyValuePair.Create("db", database), KeyValuePair.Create("q", statement)]);
        using HttpResponseMessage response = await _http.PostAsync(new Uri(Url, "query"), form);
        string answer = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode && !answer.Contains("\"error\"", StringComparison.Ordinal)
            ? answer
            : throw new InvalidOperationException($"{statement}: {answer}");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _run.DisposeAsync();
    }
}
