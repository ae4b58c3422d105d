using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Edge.Tests;

/// <summary>Updates of the agent as a process: mosquitto, packages over HTTP, scripts in them that start the agent or do not.</summary>
public sealed class UpdateTests : IAsyncLifetime
{
    private const string Reported = "devices/edge-9/twin/reported";
    private const string Runs = "exec dotnet \"$AGENT\" \"$@\"";

    private readonly TemporaryDirectory _folder = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly HttpListener _http = new();
    private readonly int _port = FreePort.Find();
    private byte[] _package = [];
    private MosquittoBroker _broker = null!;

    private string Slots => Path.Combine(_folder.Path, "versions");

    private string Started => Path.Combine(_folder.Path, "started");

    public async ValueTask InitializeAsync()
    {
        _broker = await MosquittoBroker.StartAsync();
        _http.Prefixes.Add($"http://127.0.0.1:{_port}/");
        _http.Start();
        _ = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Close();
        await _broker.DisposeAsync();
        _key.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_signed_package_runs_and_reports_each_step()
    {
        await using LineProcess reported = await _broker.SubscribeAsync(Reported);
        await using LineProcess telemetry = await _broker.SubscribeAsync("devices/edge-9/telemetry");
        _package = Pack(Runs);
        await DesireAsync("2.0.0", _package);
        await using LineProcess agent = StartAgent();

        await AwaitAsync(reported, "updated", "2.0.0");

        Assert.Equal(["downloading", "downloaded", "verified", "updating", "updated"], States(reported));
        await reported.SeenAsync(line => line.StartsWith('|') && (string?)Payload(line)["firmware"] == "2.0.0", "the version that runs");
        Assert.Equal("a", File.ResolveLinkTarget(Path.Combine(Slots, "current"), returnFinalTarget: false)!.Name);
        Assert.Single(await File.ReadAllLinesAsync(Started));
        // What waited during the switch comes behind the newest.
        await telemetry.SeenAllAsync(
            lines => Seqs(lines) is { Count: >= 10 } seqs && seqs.Max() - seqs.Min() == seqs.Count - 1,
            "readings without a gap"
        );
        Assert.Equal(0, await agent.StopAsync("the agent"));
    }

    [Theory]
    [InlineData("signature", "the package's signature is wrong")]
    [InlineData("sha256", "the package has another SHA-256")]
    [InlineData("size", "the package is larger than it should be")]
    [InlineData("escape", "the package has a file outside of its folder")]
    [InlineData("link", "the package has something that is neither a file nor a folder")]
    [InlineData("empty", "the package has no agent at its root")]
    public async Task A_package_that_is_not_right_never_runs_and_the_agent_goes_on(string wrong, string error)
    {
        await using LineProcess reported = await _broker.SubscribeAsync(Reported);
        await using LineProcess telemetry = await _broker.SubscribeAsync("devices/edge-9/telemetry");
        _package = Pack(Runs, wrong);
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await DesireAsync(
            "2.0.0",
            wrong == "sha256" ? [.. _package[..^1], (byte)(_package[^1] ^ 1)] : _package,
            wrong == "signature" ? other : _key,
            wrong == "size" ? _package.Length - 1 : _package.Length
        );
        await using LineProcess agent = StartAgent();

        JsonNode failed = await AwaitAsync(reported, "failed", "2.0.0");

        Assert.Equal(error, (string?)failed["update"]!["error"]);
        int before = Seqs(telemetry.Lines).Count;
        await telemetry.SeenAllAsync(lines => Seqs(lines).Count >= before + 5, "readings after the refusal");
        Assert.False(File.Exists(Started));
        Assert.False(Path.Exists(Path.Combine(Slots, "current")));
        Assert.Equal(0, await agent.StopAsync("the agent"));
    }

    [Theory]
    [InlineData("exit 3", "it ended with 3")]
    [InlineData("exec sleep 1000", "it was not connected and sampling within 3 s")]
    public async Task A_version_that_does_not_get_well_is_given_up_and_not_tried_again(string script, string error)
    {
        await using LineProcess reported = await _broker.SubscribeAsync(Reported);
        _package = Pack(script);
        await DesireAsync("2.0.0", _package);
        await using LineProcess agent = StartAgent();

        JsonNode failed = await AwaitAsync(reported, "failed", "2.0.0");

        Assert.Equal(error, (string?)failed["update"]!["error"]);
        Assert.False(Path.Exists(Path.Combine(Slots, "current")));
        // The agent that goes on has heard that the same is desired still when it refuses another.
        using ECDsa other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await DesireAsync("3.0.0", _package, other, _package.Length);
        await AwaitAsync(reported, "failed", "3.0.0");
        Assert.Single(await File.ReadAllLinesAsync(Started));
        Assert.Equal(0, await agent.StopAsync("the agent"));
    }

    [Fact]
    public async Task A_version_that_lost_its_power_before_it_was_well_is_given_up()
    {
        await using LineProcess reported = await _broker.SubscribeAsync(Reported);
        Directory.CreateDirectory(Path.Combine(Slots, "a"));
        File.CreateSymbolicLink(Path.Combine(Slots, "current"), "a");
        await File.WriteAllTextAsync(Path.Combine(Slots, "trial"), """{"version":"2.0.0","sha256":"00","from":null}""");
        await using LineProcess agent = StartAgent();

        JsonNode failed = await AwaitAsync(reported, "failed", "2.0.0");

        Assert.Equal("it was interrupted before it was known to be well", (string?)failed["update"]!["error"]);
        Assert.False(Path.Exists(Path.Combine(Slots, "current")));
        Assert.Equal(0, await agent.StopAsync("the agent"));
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _http.GetContextAsync();
                await context.Response.OutputStream.WriteAsync(_package);
                context.Response.Close();
            }
        }
        catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException) { }
    }

    /// <summary>A tar whose agent notes that it was started, and then does what the script says.</summary>
    private byte[] Pack(string script, string wrong = "")
    {
        using MemoryStream content = new();
        using (GZipStream zipped = new(content, CompressionLevel.Fastest, leaveOpen: true))
        using (TarWriter tar = new(zipped))
        {
            string agent = $"#!/bin/sh\nAGENT='{typeof(Agent).Assembly.Location}'\necho started >> '{Started}'\n{script}\n";
            tar.WriteEntry(
                new PaxTarEntry(TarEntryType.RegularFile, wrong == "empty" ? "readme" : "omniiot-edge")
                {
                    DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(agent)),
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute,
                }
            );
            if (wrong == "escape")
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "../outside") { DataStream = new MemoryStream([1]) });
            if (wrong == "link")
                tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "etc") { LinkName = "/etc" });
        }
        return content.ToArray();
    }

    private Task DesireAsync(string version, byte[] package) => DesireAsync(version, package, _key, package.Length);

    private Task DesireAsync(string version, byte[] package, ECDsa key, long size)
    {
        JsonObject firmware = new()
        {
            ["version"] = version,
            ["url"] = $"http://127.0.0.1:{_port}/package",
            ["size"] = size,
            ["sha256"] = Convert.ToHexStringLower(SHA256.HashData(package)),
            ["signature"] = Convert.ToBase64String(key.SignData(package, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
        };
        JsonObject twin = new()
        {
            ["version"] = 1,
            ["desired"] = new JsonObject { ["firmware"] = firmware },
        };
        return _broker.PublishAsync("devices/edge-9/twin/desired", twin.ToJsonString(), retain: true);
    }

    private LineProcess StartAgent()
    {
        string file = Path.Combine(_folder.Path, "edge.json");
        string key = Path.Combine(_folder.Path, "key.pem");
        File.WriteAllText(key, _key.ExportSubjectPublicKeyInfoPem());
        File.WriteAllText(
            file,
            $$"""
            { "cloud": { "deviceId": "edge-9", "secret": "s", "host": "127.0.0.1", "port": {{_broker.Port}} }, "samplingInterval": "100ms",
              "queue": { "directory": "{{Path.Combine(_folder.Path, "queue")}}" },
              "updates": { "directory": "{{Slots}}", "publicKey": "{{key}}", "healthCheck": "{{(IsPatient ? "60s" : "3s")}}" },
              "sensors": [ { "id": "s1", "type": "simulated", "metrics": { "temperature": {} } } ] }
            """
        );
        return LineProcess.Start("dotnet", typeof(Agent).Assembly.Location, "--settings", file);
    }

    /// <summary>Where a version is to get well, it has the usual time for it.</summary>
    private static bool IsPatient => !TestContext.Current.TestMethod!.MethodName.Contains("does_not_get_well", StringComparison.Ordinal);

    private static async Task<JsonNode> AwaitAsync(LineProcess reported, string state, string version) =>
        Payload(
            await reported.SeenAsync(
                line =>
                    line.StartsWith('|')
                    && Payload(line)["update"] is { } update
                    && (string?)update["state"] == state
                    && (string?)update["version"] == version,
                $"the state {state} of {version}"
            )
        );

    private static string[] States(LineProcess reported) =>
        [.. reported.Lines.Where(line => line.StartsWith('|')).Select(line => (string?)Payload(line)["update"]?["state"]).OfType<string>()];

    private static List<long> Seqs(IReadOnlyList<string> lines) =>
        [
            .. lines
                .Where(line => line.StartsWith('|'))
                .Select(line => (Payload(line) as JsonArray)?.ToArray() ?? [Payload(line)])
                .SelectMany(readings => readings.Select(reading => (long?)reading!["seq"]).OfType<long>())
                .Distinct(),
        ];

    private static JsonNode Payload(string line) => JsonNode.Parse(line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..])!;
}
