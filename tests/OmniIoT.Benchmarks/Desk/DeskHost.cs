using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;

namespace OmniIoT.Benchmarks.Desk;

/// <summary>A host with a webhook channel, by which customers write as fast as they are answered.</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    private const string ApiKey = "benchmark-key-of-one-run";
    private const string Secret = "between the benchmark and the host";

    private readonly ServerUnderLoad _server;
    private readonly HttpClient _provider;
    private long _messages;

    private DeskHost(ServerUnderLoad server, int atOnce)
    {
        _server = server;
        Api = new OmniApi(server.Address(ApiKey));
        _provider = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = atOnce })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{server.HttpPort}/"),
        };
    }

    public OmniApi Api { get; }

    public int ProcessId => _server.ProcessId;

    /// <summary>Null: the host could not be built.</summary>
    /// <param name="queue">Where the channel's conversations begin.</param>
    public static async Task<DeskHost?> StartAsync(string queue, int atOnce, string repository, CancellationToken cancellationToken)
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return null;
        DeskHost host = new(await ServerUnderLoad.StartHostAsync(hostDll, ApiKey), atOnce);
        JsonObject channel = new()
        {
            ["type"] = "webhook",
            ["name"] = "Bench",
            ["queue"] = queue,
            ["settings"] = new JsonObject { ["url"] = "http://127.0.0.1:9/", ["secret"] = Secret },
        };
        await host.Api.PutAsync("channels/bench", channel, cancellationToken);
        return host;
    }

    /// <summary>One message of a customer; returns once the host has it on disk.</summary>
    public async Task WriteAsync(int customer, CancellationToken cancellationToken)
    {
        string number = Interlocked.Increment(ref _messages).ToString(CultureInfo.InvariantCulture);
        byte[] body = Encoding.UTF8.GetBytes(
            $$"""{"from":{"type":"email","value":"c{{customer}}@example.com","name":"C"},"text":"It leaks","externalId":"m{{number}}"}"""
        );
        using ByteArrayContent content = new(body);
        content.Headers.ContentType = new("application/json");
        using HttpRequestMessage request = new(HttpMethod.Post, "api/v1/channels/bench/inbound") { Content = content };
        byte[] proof = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), body);
        request.Headers.Add("X-OmniIoT-Signature", "sha256=" + Convert.ToHexStringLower(proof));
        using HttpResponseMessage answer = await _provider.SendAsync(request, cancellationToken);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.NoContent or HttpStatusCode.Created))
            throw new InvalidOperationException($"A message was answered {(int)answer.StatusCode}.");
    }

    /// <summary>The first message of each customer, who is made by it.</summary>
    public Task BeginAllAsync(int customers, int atOnce, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(0, customers),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (customer, cancel) => await WriteAsync(customer, cancel)
        );

    /// <summary>Of one minute, as the kernel has it: what is measured beside much else is no figure of the product.</summary>
    public static string MachineLoad => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public async ValueTask DisposeAsync()
    {
        _provider.Dispose();
        Api.Dispose();
        await _server.DisposeAsync();
    }
}
