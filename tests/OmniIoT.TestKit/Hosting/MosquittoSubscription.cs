using System.Text.Json.Nodes;

namespace OmniIoT.TestKit.Hosting;

/// <summary>A message that mosquitto_sub received.</summary>
public sealed record MosquittoMessage(string Topic, JsonNode Payload);

/// <summary>A running mosquitto_sub.</summary>
public sealed class MosquittoSubscription : IAsyncDisposable
{
    // A mark that no line of its debugging output has.
    internal const string Format = "|%t %p";

    private readonly LineProcess _process;

    internal MosquittoSubscription(LineProcess process) => _process = process;

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<MosquittoMessage> Messages => [.. _process.Lines.Where(IsMessage).Select(Parse)];

    /// <summary>The first messages, as many as asked for.</summary>
    public async Task<IReadOnlyList<MosquittoMessage>> ReceivedAsync(int count, string what) =>
        [.. (await _process.SeenAsync(count, IsMessage, what)).Select(Parse)];

    /// <summary>Leaves as an app does that is closed; a persistent session stays behind.</summary>
    public Task StopAsync() => _process.StopAsync("mosquitto_sub");

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static bool IsMessage(string line) => line.StartsWith('|');

    private static MosquittoMessage Parse(string line)
    {
        int blank = line.IndexOf(' ', StringComparison.Ordinal);
        return new MosquittoMessage(line[1..blank], JsonNode.Parse(line[(blank + 1)..])!);
    }
}
