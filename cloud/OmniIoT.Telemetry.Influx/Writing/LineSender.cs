using InfluxDB.Client;
using InfluxDB.Client.Core.Exceptions;
using OmniIoT.Ports.Commit;

namespace OmniIoT.Telemetry.Influx.Writing;

/// <summary>
/// Sends lines, gzipped, one request after the other, so that order holds. What the network or a busy server causes is tried again after a
/// growing pause: a point that was written all the same falls onto itself.
/// </summary>
internal sealed class LineSender : IDisposable
{
    private const int Tries = 4;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>The server may ask for a longer pause, but whoever waits for telemetry is not held up for longer than this.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly InfluxDBClient _client;
    private readonly WriteApiAsync _api;
    private readonly InfluxTelemetryOptions _options;
    private readonly TimeProvider _time;

    public LineSender(InfluxTelemetryOptions options, HttpClient http, TimeProvider time)
    {
        (_options, _time) = (options, time);
        InfluxDBClientOptions.Builder builder = new InfluxDBClientOptions.Builder()
            .Url(options.Url.AbsoluteUri)
            .Org(options.Org)
            .Bucket(options.Bucket)
            .TimeOut(options.Timeout)
            .SetHttpClient(http);
        if (options.Token is { } token)
            builder.AuthenticateToken(token);
        _client = new InfluxDBClient(builder.Build());
        _client.EnableGzip();
        _api = _client.GetWriteApiAsync();
    }

    /// <summary>Returns once the server has the lines.</summary>
    /// <exception cref="StorageUnavailableException">It has them not, or maybe some.</exception>
    public async Task SendAsync(string lines, CancellationToken cancellationToken)
    {
        TimeSpan pause = FirstPause;
        for (int tried = 1; ; tried++)
        {
            if (await TrySendAsync(lines, cancellationToken) is not { } failure)
                return;
            if (tried == Tries || !IsPassing(failure))
                throw new StorageUnavailableException($"InfluxDB at {_options.Url} did not take telemetry: {failure.Message}", failure);
            await Task.Delay(PauseAfter(failure, pause), _time, cancellationToken);
            pause *= 2;
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpException?> TrySendAsync(string lines, CancellationToken cancellationToken)
    {
        try
        {
            await _api.WriteRecordAsync(lines, cancellationToken: cancellationToken);
            return null;
        }
        catch (HttpException failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return IsPastRetention(failure) ? null : failure;
        }
    }

    /// <summary>A bucket that keeps readings for a time refuses older ones, and takes the others.</summary>
    private static bool IsPastRetention(HttpException failure) =>
        failure.Status is 400 or 422 && failure.Message.Contains("retention policy", StringComparison.Ordinal);

    /// <summary>0 is a network that failed.</summary>
    private static bool IsPassing(HttpException failure) => failure.Status is 0 or 408 or 429 or >= 500;

    private static TimeSpan PauseAfter(HttpException failure, TimeSpan pause) =>
        failure.RetryAfter is { } seconds && TimeSpan.FromSeconds(seconds) > pause
            ? Shorter(TimeSpan.FromSeconds(seconds), LongestPause)
            : pause;

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
