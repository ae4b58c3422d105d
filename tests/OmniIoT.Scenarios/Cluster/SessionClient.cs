using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>A message as the client got it.</summary>
/// <param name="Dup">Whether it was said to be a repetition.</param>
internal sealed record SessionMessage(bool Dup, string Topic, JsonNode Payload);

/// <summary>A Paho client of MQTT 5.0 with a persistent session, one message at a time under way to it.</summary>
internal sealed class SessionClient : IAsyncDisposable
{
    private const string Message = "message ";
    private const string Goodbye = "told ";

    private readonly LineProcess _process;

    private SessionClient(LineProcess process) => _process = process;

    /// <summary>What has come so far.</summary>
    public IReadOnlyList<SessionMessage> Messages => [.. _process.Lines.Where(IsMessage).Select(Parse)];

    /// <summary>Whether the server had the session already.</summary>
    public bool WasPresent { get; private init; }

    /// <summary>Connects; skips the test, or fails it, where Paho is not installed.</summary>
    /// <param name="filter">What it subscribes to; null: what the session has.</param>
    /// <param name="holds">It acknowledges nothing.</param>
    public static async Task<SessionClient> ConnectAsync(
        ClusterMember at,
        string deviceId,
        string secret,
        string? filter = null,
        bool holds = false
    )
    {
        LineProcess process = LineProcess.Start(
            InstalledProgram.RequirePythonWithPaho(),
            Path.Combine(AppContext.BaseDirectory, "Cluster", "session.py"),
            at.MqttPort.ToString(CultureInfo.InvariantCulture),
            deviceId,
            secret,
            "session-of-" + deviceId,
            filter ?? "",
            holds ? "hold" : "acknowledge"
        );
        try
        {
            string connected = await process.SeenAsync(
                line => line.StartsWith("connected ", StringComparison.Ordinal),
                "connection of " + deviceId
            );
            if (filter is not null)
                await process.SeenAsync(line => line == "subscribed", "subscription of " + deviceId);
            return new SessionClient(process) { WasPresent = connected == "connected present" };
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first messages, as many as asked for.</summary>
    public async Task<IReadOnlyList<SessionMessage>> ReceivedAsync(int count, string what) =>
        [.. (await _process.SeenAsync(count, IsMessage, what)).Select(Parse)];

    /// <summary>The reason that the server disconnected it with.</summary>
    public async Task<int> ToldAsync()
    {
        string line = await _process.SeenAsync(line => line.StartsWith(Goodbye, StringComparison.Ordinal), "disconnection by the server");
        return int.Parse(line.AsSpan(Goodbye.Length), CultureInfo.InvariantCulture);
    }

    /// <summary>It is gone without a goodbye; its session stays.</summary>
    public Task VanishAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static bool IsMessage(string line) => line.StartsWith(Message, StringComparison.Ordinal);

    private static SessionMessage Parse(string line)
    {
        string[] words = line.Split(' ', 4);
        return new SessionMessage(words[1] == "dup", words[2], JsonNode.Parse(words[3])!);
    }
}
