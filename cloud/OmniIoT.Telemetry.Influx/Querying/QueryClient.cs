using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Telemetry.Influx.Querying;

/// <summary>
/// Asks in InfluxQL over <c>/query</c>, which InfluxDB 1.8, 2 and 3 share, and reads the answer as it comes. Questions bound their answers
/// themselves; what is held of one at a time is a row.
/// </summary>
internal sealed class QueryClient
{
    /// <summary>Longest value: a text of the longest kind with each of its characters escaped.</summary>
    private const int MaximumValueBytes = 32 * 1024 * 1024;

    private const int BufferBytes = 64 * 1024;

    /// <summary>What is repeated of a refusal.</summary>
    private const int MaximumErrorBytes = 1024;

    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly TimeSpan _timeout;
    private readonly Uri _query;
    private readonly AuthenticationHeaderValue? _authorization;
    private readonly KeyValuePair<string, string>[] _parameters;

    public QueryClient(InfluxTelemetryOptions options, HttpClient http, TimeProvider time)
    {
        (_http, _time, _timeout) = (http, time, options.Timeout);
        _query = new Uri($"{options.Url.AbsoluteUri.TrimEnd('/')}/query");
        _authorization = options.Token is { } token ? new AuthenticationHeaderValue("Token", token) : null;
        string[] bucket = options.Bucket.Split('/', 2);
        _parameters = [new("db", bucket[0]), new("epoch", "ns"), .. bucket.Skip(1).Select(policy => KeyValuePair.Create("rp", policy))];
    }

    /// <summary>Does what has no rows to show.</summary>
    /// <inheritdoc cref="AskAsync"/>
    public Task ExecuteAsync(string statement, CancellationToken cancellationToken) =>
        AskAsync(statement, [], static _ => { }, cancellationToken);

    /// <summary>Hands over the rows of an answer, in their order.</summary>
    /// <param name="columns">Names of the columns after <c>time</c>.</param>
    /// <exception cref="StorageUnavailableException">The server is away, refuses the question or does not answer it whole.</exception>
    public async Task AskAsync(string question, IReadOnlyList<string> columns, Action<Row> take, CancellationToken cancellationToken)
    {
        using CancellationTokenSource late = new(_timeout, _time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = new(HttpMethod.Post, _query)
            {
                Content = new FormUrlEncodedContent([.. _parameters, new("q", question)]),
            };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.Authorization = _authorization;
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            await using Stream body = await response.Content.ReadAsStreamAsync(either.Token);
            if (!response.IsSuccessStatusCode)
                throw Unavailable($"{(int)response.StatusCode} {await ErrorAsync(body, either.Token)}");
            AnswerParser parser = new(["time", .. columns], take);
            await ReadAsync(body, parser, either.Token);
            if (parser.Error is { } error)
                throw Unavailable(error);
            if (parser.IsPartial)
                throw Unavailable("it cuts answers off; its max-row-limit must be 0, which is the default, or above 10,000");
        }
        catch (OperationCanceledException cancelled) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unavailable($"no answer within {_timeout.TotalSeconds} s", cancelled);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or JsonException)
        {
            throw Unavailable(failure.Message, failure);
        }
    }

    private static async Task ReadAsync(Stream body, AnswerParser parser, CancellationToken cancellationToken)
    {
        PipeReader pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: BufferBytes, leaveOpen: true));
        try
        {
            bool ended = false;
            while (!ended)
            {
                ReadResult read = await pipe.ReadAsync(cancellationToken);
                ended = read.IsCompleted;
                SequencePosition taken = parser.Parse(read.Buffer, ended);
                if (read.Buffer.Slice(taken).Length > MaximumValueBytes)
                    throw new JsonException("A value is longer than any that was written.");
                pipe.AdvanceTo(taken, read.Buffer.End);
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private static async Task<string> ErrorAsync(Stream body, CancellationToken cancellationToken)
    {
        byte[] start = new byte[MaximumErrorBytes];
        int length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        return Encoding.UTF8.GetString(start, 0, length).Trim();
    }

    private StorageUnavailableException Unavailable(string reason, Exception? inner = null) =>
        new($"InfluxDB at {_query} did not answer: {reason}", inner);
}
