using System.Net.Sockets;
using System.Text;

namespace OmniIoT.Api.Tests;

/// <summary>
/// Bytes that two readers may part differently end their connection: what follows is never another request (request smuggling).
/// </summary>
public sealed class MessageFramingTests(RunningHost host) : IClassFixture<RunningHost>
{
    private const string Put =
        "PUT /api/v1/customers/framed HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer "
        + RunningHost.ApiKey
        + "\r\n";

    private const string Get = "GET /healthz HTTP/1.1\r\nHost: x\r\n";

    /// <summary>Asks for the connection's end, so that a host that reads it as a request is seen to have answered it.</summary>
    private const string Hidden = "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    public static TheoryData<string, string> Ambiguous =>
        new()
        {
            { Put + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "200" },
            { Put + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "200" },
            { Put + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", "400" },
            { Put + "Content-Length: 2\r\nContent-Length: 99\r\n\r\n{}", "400" },
            { Put + "Content-Length: 2, 2\r\n\r\n{}", "400" },
            { Put + "Content-Length: 0x2\r\n\r\n{}", "400" },
            { Put + "Content-Length: -1\r\n\r\n{}", "400" },
            { Put + "Content-Length: 99999999999999999999\r\n\r\n{}", "400" },
            { Put + "Content-Length : 2\r\n\r\n{}", "400" },
            { Put + "Transfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: chunked, identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "X: y\nContent-Length: 2\r\n\r\n{}", "400" },
            { Put.Replace("\r\n", "\n", StringComparison.Ordinal) + "Content-Length: 2\n\n{}", "400" },
            { Put + "X: y\rContent-Length: 99\r\nContent-Length: 2\r\n\r\n{}", "400" },
            { Put + "X: y\r\n Content-Length: 99\r\nContent-Length: 2\r\n\r\n{}", "400" },
            { Put + "X: y\0\r\nContent-Length: 2\r\n\r\n{}", "400" },
            { Put + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n", "400" },
            { Put + "Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: chunked\r\n\r\n+2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff2\r\n{}\r\n0\r\n\r\n", "400" },
            { Put + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}xx\r\n0\r\n\r\n", "400" },
            { "GET /healthz HTTP/1.1\r\n\r\n", "400" },
            { "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400" },
            { "GET http://elsewhere/healthz HTTP/1.1\r\nHost: x\r\n\r\n", "400" },
            { "GET /healthz HTTP/1.2\r\nHost: x\r\n\r\n", "505" },
        };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task What_can_be_parted_in_two_ways_has_one_answer_and_ends_the_connection(string bytes, string status)
    {
        await host.PutAsync("customers/framed", "{}");

        string answer = Assert.Single(await AnswersAsync(bytes + Hidden));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    /// <summary>What begins HTTP/2 is no request of HTTP/1.1, and has no line of it as an answer.</summary>
    [Fact]
    public async Task A_preface_of_another_version_ends_the_connection() =>
        Assert.Empty(await AnswersAsync("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + Hidden));

    [Theory]
    [InlineData(40_000, 1, "431")]
    [InlineData(1, 200, "431")]
    public async Task Headers_beyond_their_size_or_number_are_refused(int letters, int headers, string status)
    {
        string many = string.Concat(Enumerable.Range(0, headers).Select(i => $"X{i}: {new string('x', letters)}\r\n"));

        string answer = Assert.Single(await AnswersAsync(Get + many + "\r\n" + Hidden));

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    /// <summary>What the others are beside: two requests that are parted in one way have two answers.</summary>
    [Fact]
    public async Task Two_whole_requests_are_two()
    {
        string[] answers = await AnswersAsync(Put + "Content-Length: 2\r\n\r\n{}" + Hidden);

        Assert.Equal(2, answers.Length);
        Assert.All(answers, answer => Assert.StartsWith("HTTP/1.1 20", answer, StringComparison.Ordinal));
    }

    /// <summary>The status lines of all that is answered until the host closes.</summary>
    private async Task<string[]> AnswersAsync(string bytes)
    {
        using TcpClient client = new();
        await client.ConnectAsync("127.0.0.1", host.Http.BaseAddress!.Port, TestContext.Current.CancellationToken);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(bytes), TestContext.Current.CancellationToken);
        using MemoryStream received = new();
        try
        {
            await stream.CopyToAsync(received, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // Bytes that it had not read yet when it closed: it is a reset then.
        }
        return
        [
            .. Encoding
                .Latin1.GetString(received.ToArray())
                .Split("\r\n")
                .Where(line => line.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)),
        ];
    }
}
