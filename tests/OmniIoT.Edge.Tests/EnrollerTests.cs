using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using OmniIoT.Edge.Enrolment;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Edge.Tests;

/// <summary>An agent that registers itself, against a platform that answers as it is told.</summary>
public sealed class EnrollerTests : IDisposable
{
    private const string Registered = """{"id":"edge-5","secret":"s3cret","claimCode":"ABCD-EFGH","mqtt":{"port":1883}}""";

    private readonly TemporaryDirectory _folder = new();
    private readonly HttpListener _platform = new();
    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly RecordingLogger _log = new();
    private readonly Uri _url = new($"http://127.0.0.1:{FreePort.Find()}/api/v1/");

    public EnrollerTests()
    {
        _platform.Prefixes.Add(_url.ToString());
        _platform.Start();
    }

    public void Dispose()
    {
        _platform.Close();
        _folder.Dispose();
    }

    [Fact]
    public async Task It_registers_once_and_keeps_its_secret_for_itself()
    {
        Task<string?> first = Enroller().GetSecretAsync(CancellationToken.None);
        (string path, string? bearer, JsonNode body) = await AnswerAsync(201, Registered);

        Assert.Equal("s3cret", await first);
        Assert.Equal(("/api/v1/provision", "Bearer key"), (path, bearer));
        Assert.Equal("""{"enrollment":"fleet","deviceId":"edge-5","model":"edge-a1","name":"Hall 5"}""", body.ToJsonString());
        // Nobody answers any more.
        Assert.Equal("s3cret", await Enroller().GetSecretAsync(CancellationToken.None));
        string[] files = ["secret", "claim-code"];
        Assert.All(
            files.Select(file => Path.Combine(_folder.Path, file)),
            file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, ModeOf(file))
        );
        Assert.Equal("ABCD-EFGH", await File.ReadAllTextAsync(Path.Combine(_folder.Path, "claim-code")));
        Assert.DoesNotContain(_log.Lines, line => line.Contains("s3cret", StringComparison.Ordinal));
    }

    // The platform tells it once: who asks and cannot keep it never comes in again.
    [Fact]
    public async Task It_does_not_ask_for_a_secret_that_it_cannot_write_down()
    {
        string inTheWay = Path.Combine(_folder.Path, "secret.new");
        Directory.CreateDirectory(inTheWay);
        Task<string?> secret = Enroller().GetSecretAsync(CancellationToken.None);
        Assert.Single(_log.Lines, static line => line.Contains("before its secret can be written down", StringComparison.Ordinal));

        Directory.Delete(inTheWay);
        _time.Advance(TimeSpan.FromSeconds(10));
        await AnswerAsync(201, Registered);

        Assert.Equal("s3cret", await secret);
    }

    [Theory]
    [InlineData(409, """{"detail":"It is registered already."}""", "409 It is registered already.")]
    [InlineData(401, "{}", "401")]
    [InlineData(200, "[]", "")]
    [InlineData(502, "<html>", "")]
    public async Task A_refusal_is_told_and_it_asks_again(int status, string answer, string told)
    {
        Task<string?> secret = Enroller().GetSecretAsync(CancellationToken.None);
        await AnswerAsync(status, answer);
        Task<(string, string?, JsonNode)> again = AnswerAsync(201, Registered);
        while (!again.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("s3cret", await secret);
        Assert.Contains(
            _log.Lines,
            line => line.Contains("asked again", StringComparison.Ordinal) && line.Contains(told, StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task It_ends_when_it_is_told_to()
    {
        using CancellationTokenSource stop = new();
        Task<string?> secret = Enroller().GetSecretAsync(stop.Token);
        await AnswerAsync(429, "{}");

        await stop.CancelAsync();

        Assert.Null(await secret);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "secret")));
    }

    private static UnixFileMode ModeOf(string file) =>
        OperatingSystem.IsWindows() ? throw new PlatformNotSupportedException() : File.GetUnixFileMode(file);

    private Enroller Enroller() =>
        new(
            new EnrolmentOptions
            {
                Url = _url,
                Id = "fleet",
                Model = "edge-a1",
                Name = "Hall 5",
                Key = "key",
            },
            "edge-5",
            _folder.Path,
            _time,
            _log
        );

    /// <summary>Takes the next request and answers it.</summary>
    private async Task<(string Path, string? Bearer, JsonNode Body)> AnswerAsync(int status, string answer)
    {
        HttpListenerContext context = await _platform.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(30));
        JsonNode body = (await JsonNode.ParseAsync(context.Request.InputStream))!;
        context.Response.StatusCode = status;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(answer));
        context.Response.Close();
        return (context.Request.Url!.AbsolutePath, context.Request.Headers["Authorization"], body);
    }
}
